// By keys alone: points set and undone, a verdict, a count; then a reviewer decides and an operator looks.
//
//     node hands.mjs --operator LINK --annotator LINK --reviewer LINK [--dist FOLDER]
//
// The links are those that `pixmo annotate demo` prints.

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';

import { join, launch, served, watched } from './browser.mjs';

const { values } = parseArgs({
  options: {
    operator: { type: 'string' },
    annotator: { type: 'string' },
    reviewer: { type: 'string' },
    dist: { type: 'string' },
  },
});
const faults = [];
const browser = await launch();
const real = new URL(values.annotator).origin;
const origin = await served(real, values.dist);
const done = (what) => console.log(`ok: ${what}`);

async function enter(link, login) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 });
  await join(context, link.replace(real, origin), login, faults);
  const page = await context.newPage();
  watched(page, faults);
  await page.goto(`${origin}/#/`);
  return page;
}
const stamp = Date.now() % 1e6;

const page = await enter(values.annotator, `hands-${stamp}`);
await page.getByRole('checkbox').first().waitFor();
for (const box of await page.getByRole('checkbox').all()) await box.check();
await page.getByRole('button', { name: 'Give consent' }).click();
await page.getByRole('heading', { name: 'What there is to do' }).waitFor();

const said = () => page.locator('.board [aria-live]').innerText();
async function keys(...pressed) {
  for (const key of pressed) await page.keyboard.press(key);
}

await page.goto(`${origin}/#/work/points`);
const field = page.getByLabel('What do you see?');
await field.or(page.getByRole('button', { name: /is marked/ })).first().waitFor();
if (await field.isVisible()) {
  await keys('n');
  await page.keyboard.type('a "label"');
  await page.getByText('A label cannot hold quotation marks').waitFor();
  await field.fill('thing in the picture');
  await keys('Enter');
}
await keys('ArrowRight', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Space');
await page.getByText('2 points', { exact: true }).first().waitFor();
const before = await said();
await keys('Control+ArrowRight');
assert.notEqual(await said(), before, 'a nudge moves the chosen point');
await keys('Control+z', 'Control+z');
await page.getByText('1 point', { exact: true }).first().waitFor();
await keys('Control+Shift+z');
await page.getByText('2 points', { exact: true }).first().waitFor();
await page.getByText('Saved', { exact: true }).waitFor();
await page.reload();
await page.getByText('2 points', { exact: true }).first().waitFor();
done('points are set, nudged, undone and redone by keys, and are there after a reload');

// A click means the same place at every zoom and density: it is read back from the list.
const canvas = page.locator('canvas');
const box = await canvas.boundingBox();
await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
for (let i = 0; i < 4; i += 1) await page.mouse.wheel(0, -200);
await page.mouse.click(box.x + box.width / 2 + 3, box.y + box.height / 2 + 90);
await page.getByText('3 points', { exact: true }).first().waitFor();
await keys('0', 'Delete', 'a');
await page.getByText('All are marked').first().waitFor();
await keys('Control+Enter');
await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
done('points are handed in');

await page.goto(`${origin}/#/work/not-present`);
await page.getByText('Is it in the image?').waitFor();
await keys('1', 'Control+Enter');
await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
done('absence is judged by two keys');

await page.goto(`${origin}/#/work/verify-points`);
await page.getByText('Are the points right?').waitFor();
await keys(']', 'Control+ArrowDown');
assert.equal(await page.getByRole('radio', { name: /I fixed the points/ }).isChecked(), true);
await keys('Control+Enter');
await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
done('points of another are fixed');

await page.goto(`${origin}/#/work/verify-count`);
await page.getByText('Click each one once.').waitFor();
await keys('ArrowLeft', 'Space', 'ArrowUp', 'Space');
assert.equal(await page.locator('.tally').innerText(), '2');
await keys('Control+Enter');
await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
done('a count is handed in');

const reviewer = await enter(values.reviewer, `eyes-${stamp}`);
await reviewer.goto(`${origin}/#/review`);
const approve = reviewer.getByRole('button', { name: 'Approve' });
await approve.or(reviewer.getByText('Nothing waits for a review.')).first().waitFor();
if (await approve.isVisible()) {
  await reviewer.keyboard.press('r');
  await reviewer.getByLabel('Points are missing').check();
  await reviewer.getByLabel('What should be better').fill('The one at the left edge, please.');
  await reviewer.getByRole('button', { name: 'Give back' }).last().click();
  await reviewer.getByText('Given back.').waitFor({ state: 'attached' });
  done('a reviewer gives an answer back with a comment');
  while (await approve.isVisible()) {
    const name = await reviewer.locator('.side-title').innerText();
    await reviewer.keyboard.press('a');
    await reviewer.waitForTimeout(700);
    done(`and approves another (${name})`);
  }
} else done('nothing waits for the reviewer');

const operator = await enter(values.operator, `op-${stamp}`);
await operator.goto(`${origin}/#/operate/progress`);
await operator.getByRole('button', { name: 'Pause this kind' }).first().click();
await operator.getByRole('button', { name: 'Resume this kind' }).first().click();
await operator.getByRole('button', { name: 'Resume this kind' }).waitFor({ state: 'detached' });
await operator.goto(`${origin}/#/operate/people`);
await operator.getByText(`hands-${stamp}`).waitFor();
await operator.goto(`${origin}/#/operate/tasks`);
await operator.locator('tbody a').first().click();
await operator.getByRole('img', { name: 'The image of this task' }).waitFor();
await operator.goto(`${origin}/#/operate/invitations`);
await operator.getByRole('button', { name: 'Make a link' }).click();
await operator.getByText(/#\/invitation\//).waitFor();
await operator.goto(`${origin}/#/operate/disk`);
await operator.getByRole('button', { name: 'Export now' }).click();
await operator.locator('#exports ~ .scroll tbody tr').first().waitFor();
done('an operator pauses, searches, invites and exports');

await page.goto(`${origin}/#/me`);
await page.getByRole('heading', { name: 'What I handed in' }).waitFor();
done(`the person sees their pay: ${(await page.locator('.figures').innerText()).replaceAll(/\s+/g, ' ')}`);

await browser.close();
for (const fault of new Set(faults)) console.error(fault);
assert.equal(faults.length, 0, 'faults on the way');
