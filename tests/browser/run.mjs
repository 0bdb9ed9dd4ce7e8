// A person speaks: invitation, consent, microphone, half a recording, a reload, another take, flight mode, handing in.
//
//     node run.mjs --annotator LINK --voice FILE.wav [--operator LINK] [--dist FOLDER] [--secs N] [--transcript]
//
// The link is one that `pixmo annotate demo` prints; the voice is played by Chromium's fake microphone. `--secs` is
// how much longer than the wanted speech the recording goes on; with `--transcript`
// it waits for the text that a `pixmo cap work` beside the server makes of it, and corrects it. With `--operator` the
// person goes on to mark, count and verify, an operator approves all of it, and the person sees the pay. Every step that
// does not happen fails the run.

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';

import { join, launch, served, watched } from './browser.mjs';
import { approve, mark } from './campaign.mjs';

const { values } = parseArgs({
  options: {
    annotator: { type: 'string' },
    operator: { type: 'string' },
    voice: { type: 'string' },
    dist: { type: 'string' },
    transcript: { type: 'boolean', default: false },
    secs: { type: 'string', default: '25' },
  },
});
const faults = [];
const browser = await launch(values.voice);
const real = new URL(values.annotator).origin;
const origin = await served(real, values.dist);
const context = await browser.newContext({ permissions: ['microphone'] });
await join(context, values.annotator.replace(real, origin), `speaker-${Date.now() % 1e6}`, faults);
const page = await context.newPage();
watched(page, faults);
const done = (what) => console.log(`ok: ${what}`);

await page.goto(`${origin}/#/`);
await page.getByRole('checkbox').first().waitFor();
for (const box of await page.getByRole('checkbox').all()) await box.check();
await page.getByRole('button', { name: 'Give consent' }).click();
await page.getByRole('heading', { name: 'What there is to do' }).waitFor();
done('consent is given, work is offered');

await page.getByRole('link', { name: 'Begin' }).first().click();
await page.getByRole('button', { name: 'Turn the microphone on' }).click();
await page.getByRole('button', { name: /^Try it/ }).click();
const begin = page.getByRole('link', { name: /^Begin/ });
await begin.waitFor({ timeout: 20_000 });
done(`the microphone is checked: ${await page.locator('.note').last().innerText()}`.replaceAll(/\s+/g, ' '));
await begin.click();
const status = page.locator('.recorder [role=status]').first();
const start = page.getByRole('button', { name: 'Start recording' });
await start.waitFor();
assert.equal(await page.locator('textarea').count(), 0, 'nothing can be written before the take');
assert.equal(await page.getByRole('button', { name: 'Hand in' }).isDisabled(), true);
await start.click();
await page.waitForTimeout(6_000);
assert.equal(await page.getByRole('button', { name: 'Finish' }).isDisabled(), true, 'too short to finish');
assert.match(await status.innerText(), /Recording/);
done('a recording runs and cannot be finished early');

await page.reload();
await page.getByText('The recording was interrupted.').waitFor();
await page.getByText(/All [4-7] pieces so far are at the server/).waitFor({ timeout: 15_000 });
assert.equal(await page.getByRole('button', { name: 'Send this recording' }).isDisabled(), true);
done('a reload in the middle keeps what was said');

await page.getByRole('button', { name: 'Throw away and speak again' }).click();
await start.waitFor({ timeout: 15_000 });
await start.click();
await page.waitForTimeout(4_000);
await context.setOffline(true);
await page.getByText(/No connection: \d+ of \d+ pieces/).waitFor({ timeout: 20_000 });
done('in flight mode it goes on recording');
await page.waitForTimeout(5_000);
await context.setOffline(false);
await page.getByText(/All \d+ pieces so far are at the server/).waitFor({ timeout: 30_000 });
done('and catches up by itself');

await page.getByRole('button', { name: 'Pause' }).click();
assert.match(await status.innerText(), /Paused/);
await page.getByRole('button', { name: 'Go on' }).click();
const finish = page.getByRole('button', { name: 'Finish' });
await finish.and(page.locator(':enabled')).waitFor({ timeout: 180_000 });
await page.waitForTimeout(1000 * Number(values.secs));
await finish.click();
const keep = page.getByRole('button', { name: 'Send this recording' });
await keep.waitFor();
await keep.click();
await page.getByText('The whole recording is at the server.').waitFor({ timeout: 60_000 });
done(`the take is at the server: ${(await page.locator('.recorder').innerText()).replaceAll(/\s+/g, ' ')}`);

if (values.transcript) {
  const text = page.getByLabel('Corrected text');
  await text.waitFor({ timeout: 120_000 });
  const heard = await text.inputValue();
  assert.match(heard, /country/i, 'what was said is heard');
  await text.fill('A red tram stands beside a stone house under a blue sky. Two people wait near the door, and one of them has a small dog.');
  done(`the transcript came: ${heard}`);
}
const task = page.url();
await page.getByRole('button', { name: 'Hand in' }).click();
await page.getByText('Handed in. Thank you.').waitFor({ state: 'attached' });
done('it is handed in');

await page.goto(`${origin}/#/me`);
await page.getByRole('cell', { name: 'Describe by speaking' }).first().waitFor();
done(`it stands on the person's own page (${task})`);

if (values.operator) {
  await mark(page, origin, done);
  const approved = await approve(browser, origin, values.operator.replace(real, origin), faults);
  // A task whose answer is known is like any other to the person, and waits for nobody.
  assert.ok(approved >= 4, `${approved} answers waited`);
  done(`an operator approves ${approved} answers in the page`);
  await page.goto(`${origin}/#/me`);
  await page.reload();
  await page.getByText(/€\s?[0-9.]*[1-9]/).first().waitFor();
  done(`pay shows: ${(await page.getByText(/€\s?[0-9.]*[1-9]/).allInnerTexts()).join(', ')}`);
}

await browser.close();
for (const fault of new Set(faults)) console.error(fault);
assert.equal(faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)).length, 0, 'faults on the way');
