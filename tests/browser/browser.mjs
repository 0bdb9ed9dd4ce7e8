// Debian's Chromium with a fake microphone, and what every test in a browser needs.

import { existsSync, readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { join as joined } from 'node:path';

import { chromium } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];

/** The browser; `voice` is a WAV file that the fake microphone plays over and over. */
export async function launch(voice) {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error('no browser: install it with `tests/setup.sh --browser`');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      ...(voice ? [`--use-file-for-fake-audio-capture=${voice}`] : []),
    ],
  });
}

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };

/**
 * Puts the page of a folder before a server, under the server's own headers, and says where; without a folder, the
 * server itself. So a page can be looked at without compiling the program that carries it.
 */
export async function served(origin, dist) {
  if (!dist) return origin;
  const { headers: own } = await fetch(origin);
  const server = createServer((request, response) => {
    const path = new URL(request.url, origin).pathname;
    const file = joined(dist, path === '/' ? 'index.html' : path);
    if (!path.startsWith('/api/') && existsSync(file)) {
      for (const name of ['content-security-policy', 'permissions-policy', 'x-content-type-options']) {
        const value = own.get(name);
        if (value) response.setHeader(name, value);
      }
      response.setHeader('content-type', TYPES[file.split('.').pop()] ?? 'application/octet-stream');
      response.end(readFileSync(file));
      return;
    }
    const headers = { ...request.headers, host: new URL(origin).host };
    if (headers.origin) headers.origin = origin;
    const through = httpRequest(new URL(request.url, origin), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    through.on('error', () => response.destroy());
    request.pipe(through);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

/** Notes errors of the console and every request that leaves the origin. */
export function watched(page, faults) {
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  let origin = null;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!/^http/.test(url.protocol)) return;
    origin ??= url.origin;
    if (url.origin !== origin) faults.push(`foreign request: ${request.url()}`);
  });
}

/** What axe-core finds serious or critical. */
export async function audit(page) {
  // The policy of the page forbids inline scripts; the test's own code is evaluated through the debugger.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return result.violations.map(
      (one) => `${one.impact} ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')}`,
    );
  });
  return found;
}

/** Makes an account through an invitation link. */
export async function join(context, link, login, faults) {
  const page = await context.newPage();
  watched(page, faults);
  await page.goto(link);
  await page.getByLabel('Choose a name to sign in with').fill(login);
  await page.getByLabel('Choose a password').fill('a long password of words');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('link', { name: 'My page' }).waitFor();
  await page.close();
}
