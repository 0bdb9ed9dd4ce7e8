// The rest of a campaign after somebody spoke: they mark, count and verify; an operator approves; pay shows.

import assert from 'node:assert/strict';

import { join, watched } from './browser.mjs';

/** Clicks places in the image, given as shares of the canvas. */
async function click(page, places) {
  const canvas = page.locator('canvas');
  await canvas.waitFor();
  const box = await canvas.boundingBox();
  for (const [x, y] of places) await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

async function handIn(page) {
  await page.getByRole('button', { name: 'Hand in' }).and(page.locator(':enabled')).click();
  await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
}

/** The kinds that are not spoken. */
const KINDS = ['points', 'not-present', 'verify-points', 'verify-count'];

/** One task of each of these kinds. */
export async function mark(page, origin, done, kinds = KINDS) {
  for (const kind of kinds) {
    await page.goto(`${origin}/#/work/${kind}`);
    done(await WAYS[kind](page));
  }
}

const WAYS = {
  points: async (page) => {
    const field = page.getByLabel('What do you see?');
    const confirm = page.getByRole('button', { name: /^Every “.+” is marked/ });
    await field.or(confirm).first().waitFor();
    for (const [label, places] of [
      ['thing', [[0.4, 0.4], [0.6, 0.4], [0.5, 0.6]]],
      ['other thing', [[0.45, 0.5]]],
    ]) {
      if (await field.isVisible()) {
        await field.fill(label);
        await page.getByRole('button', { name: 'Add', exact: true }).click();
      }
      await click(page, places);
      await confirm.click();
      if (!(await field.isVisible())) break;
    }
    await handIn(page);
    return 'points are set and handed in';
  },
  'not-present': async (page) => {
    await page.getByRole('radio', { name: 'No, it is not there' }).check();
    await handIn(page);
    return 'something is said to be absent';
  },
  'verify-points': async (page) => {
    await page.getByRole('radio', { name: /^All are right/ }).check();
    await handIn(page);
    return 'points of others are verified';
  },
  'verify-count': async (page) => {
    await click(page, [[0.4, 0.4], [0.6, 0.6]]);
    assert.equal(await page.locator('.tally').innerText(), '2');
    await handIn(page);
    return 'things are counted';
  },
};

/** An operator approves whatever waits, in the page; how many. */
export async function approve(browser, origin, link, faults) {
  const context = await browser.newContext();
  await join(context, link, `operator-${Date.now() % 1e6}`, faults);
  const page = await context.newPage();
  watched(page, faults);
  await page.goto(`${origin}/#/review`);
  const button = page.getByRole('button', { name: /^Approve/ });
  const nothing = page.getByText('Nothing waits for a review.');
  let approved = 0;
  for (;;) {
    await button.and(page.locator(':enabled')).or(nothing).first().waitFor({ timeout: 30_000 });
    if (await nothing.isVisible()) break;
    const answered = page.waitForResponse((reply) => reply.request().method() === 'POST' && reply.url().includes('/review/'));
    const next = page.waitForResponse((reply) => reply.url().includes('/review/next'));
    await button.click();
    assert.equal((await answered).status(), 200);
    await next;
    approved += 1;
    assert.ok(approved < 50, 'it ends');
  }
  await context.close();
  return approved;
}
