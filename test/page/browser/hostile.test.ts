import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import type { Delivery } from './payloads.js';

let browser: Browser;
let dev: Dev;

beforeAll(async () => {
  [browser, dev] = await Promise.all([launch(), startDev()]);
});

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop()]);
});

const path = '/freshdesk/ticket-created';
const markup = [
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(2)">',
  '"><svg/onload=alert(3)>',
  "javascript:alert(4)//'",
  '<iframe srcdoc="<script>parent.alert(5)</script>"></iframe>',
  '<style>*{display:none}</style>',
  '<link rel=stylesheet href=http://127.0.0.1:9/x.css>',
  '</pre></div><a href="javascript:alert(6)" id="page">x</a>',
  '{{constructor.constructor("alert(7)")()}}',
  '\u202egnp.exe \u2066\u200b\u0000\u001b[2J \ud800',
].join(' ');
const fields = { ticket_id: markup, ticket_subject: [markup], [markup]: markup, __proto__x: 1 };

/** What is hostile, and what the page shows of it in each of its parts. */
const deliveries: readonly (readonly [string, Delivery, string])[] = [
  [
    'markup in names, values, headers and the address',
    {
      path: `${path}?q=${encodeURIComponent(markup.replace(/[^\x20-\x7e]/g, ''))}`,
      headers: {
        'x-note': markup.replace(/[^\x20-\x7e]/g, ''),
        'user-agent': '<script>alert(8)</script>',
      },
      body: JSON.stringify({ freshdesk_webhook: fields, [markup]: markup }).replace(
        '__proto__x',
        '__proto__',
      ),
    },
    '<script>alert(1)</script>',
  ],
  [
    'markup where an event should be',
    { path: '/<img src=x onerror=alert(9)>', body: '<html><script>alert(10)</script></html>' },
    'alert(10)',
  ],
  [
    'markup that says it is HTML',
    {
      path,
      headers: { 'content-type': 'text/html; charset="><script>alert(11)</script>"' },
      body: '<html><body onload="alert(12)"><script>alert(13)</script>',
    },
    'alert(13)',
  ],
  [
    'a text of 1 MiB',
    { path, body: JSON.stringify({ freshdesk_webhook: { ticket_id: `<b>${'x'.repeat(1000 * 1000)}` } }) },
    '<b>xxx',
  ],
  ['a list of 1 MiB', { path, body: `{"freshdesk_webhook":{"tags":[${'"<i>",'.repeat(140_000)}1]}}` }, '<i>'],
  [
    '60,000 names',
    {
      path,
      body: `{"freshdesk_webhook":{${Array.from({ length: 60_000 }, (_, at) => `"<u${at}>":1`).join()}}}`,
    },
    '<u0>',
  ],
  [
    'depth',
    { path, body: `{"freshdesk_webhook":${'{"<b>":['.repeat(50_000)}1${']}'.repeat(50_000)}}` },
    '<b>',
  ],
  [
    'bytes that are no text',
    { path, body: Uint8Array.from({ length: 4096 }, (_, at) => (at * 7) % 256) },
    '00000000',
  ],
  ['nothing', { path, body: '' }, 'empty'],
];

test.each(deliveries)('%s: nothing of it runs, and it is shown as what it is', async (_, delivery, shown) => {
  await dev.clear();
  const { page, expectCalm } = await open(browser, dev.address);
  await dev.deliver(delivery);
  const row = page
    .getByRole('listbox', { name: /^Deliveries/ })
    .getByRole('option')
    .first();
  await row.click();
  await page.getByRole('article').waitFor();
  await page.getByRole('tabpanel').filter({ hasText: shown }).waitFor();
  for (const tab of [/Headers/, /Answer/, /Raw body/, /Payload/]) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').waitFor();
    expect(await foreignTo(page)).toEqual([]);
  }
  // Everything that may be opened with it.
  for (const key of ['e', 'i', '?']) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (key === 'e')
      await dialog
        .getByText(/edited here/)
        .or(dialog.getByRole('textbox'))
        .waitFor();
    await dialog.getByText('Reading the deliveries…').waitFor({ state: 'detached' });
    expect(await foreignTo(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('c');
  await page.keyboard.press('t');
  await page.reload();
  await page.getByRole('article').waitFor();
  // The page is still there, and answers.
  await page.keyboard.press('x');
  await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
  expectCalm();
  await page.context().close();
});

/** What the page itself never has below its body, and markup would bring. The editor puts images of nothing beside its marks. */
function foreignTo(page: Page): Promise<readonly string[]> {
  const selector =
    'script, img[src], img:not(.cm-widgetBuffer), iframe, svg, style, link, a, object, embed, form, [onload], [onerror]';
  return page.evaluate(
    `Array.from(document.body.querySelectorAll('${selector}'), ({ outerHTML }) => outerHTML)`,
  );
}
