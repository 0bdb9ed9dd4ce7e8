// Looks at every page: a picture of each at three widths, light and dark, and what axe-core says of it.
//
//     node look.mjs --operator LINK --annotator LINK --reviewer LINK [--shots FOLDER] [--best FOLDER] [--dist FOLDER]
//
// The links are those that `pixmo annotate demo` prints. With `--best` the pictures of the README are written too;
// `run.mjs` before it gives the reviewer a recording to look at. Fails when axe-core finds something serious, when the page
// is wider than the window, when the console reports an error, or when the security policy refused something.

import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { audit, join, launch, served, watched } from './browser.mjs';
import { mark } from './campaign.mjs';

const { values } = parseArgs({
  options: {
    operator: { type: 'string' },
    annotator: { type: 'string' },
    reviewer: { type: 'string' },
    shots: { type: 'string', default: 'shots' },
    best: { type: 'string' },
    voice: { type: 'string' },
    dist: { type: 'string' },
  },
});
const WIDTHS = [
  [360, 740],
  [820, 1180],
  [1440, 900],
];
/** What the README shows. */
const BEST = ['review', 'operate-progress'];
await mkdir(values.shots, { recursive: true });
const browser = await launch(values.voice);
const faults = [];

/** Visits pages as one person, at every width, in one colour scheme after the other. */
async function visit(context, pages) {
  const page = await context.newPage();
  watched(page, faults);
  for (const { name, address, before } of pages) {
    await page.goto(address);
    await page.reload();
    if (values.best && BEST.includes(name)) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1200, height: 750 });
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${values.best}/${name}.png` });
    }
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const [width, height] of WIDTHS) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(300);
        if (before && width === WIDTHS[0][0] && scheme === 'light') await before(page);
        await page.waitForTimeout(150);
        await page.screenshot({ path: `${values.shots}/${name}-${width}-${scheme}.png` });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) faults.push(`${name} at ${width}: ${over} px wider than the window`);
        for (const fault of await audit(page)) faults.push(`${name} at ${width}, ${scheme}: ${fault}`);
      }
    }
  }
  await page.close();
}

const real = new URL(values.operator ?? values.annotator ?? values.reviewer).origin;
const origin = await served(real, values.dist);
for (const role of ['operator', 'annotator', 'reviewer']) values[role] = values[role]?.replace(real, origin);
const at = (hash) => `${origin}/#/${hash}`;

const stranger = await browser.newContext();
await visit(stranger, [
  { name: 'sign-in', address: at('') },
  ...(values.annotator ? [{ name: 'invitation', address: values.annotator }] : []),
]);
await stranger.close();

if (values.annotator) {
  const context = await browser.newContext({ permissions: ['microphone'] });
  await join(context, values.annotator, `looker-${Date.now() % 1e6}`, faults);
  await visit(context, [{ name: 'consent', address: at('') }]);
  const page = await context.newPage();
  watched(page, faults);
  await page.goto(at(''));
  await page.getByRole('checkbox').first().waitFor();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Give consent' }).click();
  await page.getByRole('heading', { name: 'What there is to do' }).waitFor();
  // So that there is something to see on the person's own page, in review and for the operator.
  await mark(page, origin, () => {}, ['points', 'not-present', 'verify-count']);
  await page.close();
  await visit(context, [
    { name: 'home', address: at('') },
    {
      name: 'microphone',
      address: at('microphone'),
      before: async (shown) => {
        await shown.getByRole('button', { name: 'Turn the microphone on' }).click();
        await shown.getByRole('button', { name: /^Try it/ }).waitFor();
      },
    },
    { name: 'speak', address: at('work/cap') },
    { name: 'point', address: at('work/points'), before: point },
    { name: 'not-present', address: at('work/not-present') },
    { name: 'verify-points', address: at('work/verify-points') },
    { name: 'count', address: at('work/verify-count') },
    { name: 'me', address: at('me') },
    {
      name: 'help',
      address: at('me'),
      before: async (shown) => {
        await shown.getByRole('button', { name: 'Help and shortcuts' }).click();
      },
    },
  ]);
  await context.close();
}

async function point(page) {
  const field = page.getByLabel('What do you see?');
  if (await field.isVisible()) {
    await field.fill('thing');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  }
  const box = await page.locator('canvas').boundingBox();
  for (let i = 0; i < 12; i += 1) {
    const x = box.x + box.width * (0.2 + 0.15 * (i % 4));
    const y = box.y + box.height * (0.25 + 0.2 * Math.floor(i / 4));
    await page.mouse.click(x, y);
  }
}

if (values.reviewer) {
  const context = await browser.newContext();
  await join(context, values.reviewer, `reviewer-${Date.now() % 1e6}`, faults);
  await visit(context, [{ name: 'review', address: at('review') }]);
  await context.close();
}

if (values.operator) {
  const context = await browser.newContext();
  await join(context, values.operator, `operator-${Date.now() % 1e6}`, faults);
  await visit(
    context,
    ['progress', 'people', 'invitations', 'quality', 'pay', 'tasks', 'events', 'disk'].map((tab) => ({
      name: `operate-${tab}`,
      address: at(`operate/${tab}`),
    })),
  );
  await context.close();
}

await browser.close();
for (const fault of new Set(faults)) console.error(fault);
console.log(`${new Set(faults).size} faults, pictures in ${values.shots}`);
process.exitCode = faults.length === 0 ? 0 : 1;
