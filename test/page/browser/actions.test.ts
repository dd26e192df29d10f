import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type App } from './app.js';
import { launch, open, type Watched } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import { broken, customField, ticket } from './payloads.js';
import { screenshot } from './screenshots.js';

let browser: Browser;
let app: App;
let dev: Dev;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  [browser, app] = await Promise.all([launch(), startApp()]);
  dev = await startDev({ forward: app.url });
});

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop(), app.close()]);
});

beforeEach(async () => {
  await dev.clear();
  app.status = 200;
  app.received.length = 0;
  watched = await open(browser, dev.address);
  ({ page } = watched);
  await page.getByText('● live').waitFor();
  return async () => {
    watched.expectCalm();
    await page.context().close();
  };
});

const rows = () => page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
const row = (text: string | RegExp) => rows().filter({ hasText: text });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');

test('without a delivery, the page says what to do', async () => {
  await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
  await page.getByRole('button', { name: `Copy: ${dev.endpoint}` }).click();
  expect(await clipboard()).toBe(dev.endpoint);
  await button(/^Copy: npx freshworks-gen send/).click();
  expect(await clipboard()).toContain(`--to ${dev.endpoint}`);
});

test('a delivery is shown as it comes, and what is known of it is laid out', async () => {
  app.status = 500;
  await dev.deliver(broken);
  await row('freshdesk/ticket-created').click();
  await row('500').waitFor();
  expect(await row('500').textContent()).toMatch(/freshdesk.*unchecked.*1 issue.*1 unknown field/);

  const payload = page.getByRole('group', { name: 'Payload' });
  // The issue stands below its line, and the mark of an unknown field beside it.
  const said = await payload.locator('.line, .issue').allTextContents();
  const at = said.findIndex((text) => text.startsWith('"ticket_subject"'));
  expect(said[at + 1]).toMatch(/▲ .*string/);
  expect(said.find((text) => text.startsWith('"plant_of_ours"'))).toContain('not in the documents');
  expect(said.find((text) => text.startsWith('"ticket_id"'))).toMatch(/42,? ?.+/);
  await screenshot(page, 'broken-delivery');

  await page.getByRole('region', { name: 'Issues' }).getByRole('button').click();
  expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('"ticket_subject"');

  await page.getByRole('tab', { name: /Headers/ }).click();
  await page.getByRole('row', { name: /x-request-name.*broken/i }).waitFor();
  await page.getByRole('tab', { name: 'Answer' }).click();
  await page.getByText('{"taken":true}').waitFor();
  await page.getByRole('row', { name: /x-app.*tried/i }).waitFor();
  await page.getByRole('tab', { name: 'Raw body' }).click();
  expect(await page.getByLabel('Body', { exact: true }).textContent()).toBe(broken.body);
});

test('a replay sends the same bytes, and the row counts it', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await button('Replay').click();
  await page.getByText(/The app answered 200/).waitFor();
  await row('2×').waitFor();
  expect(app.received.map(({ body }) => body.toString())).toEqual([ticket.body, ticket.body]);

  const attempts = page.getByRole('navigation', { name: 'Deliveries of this row' });
  await attempts
    .getByRole('button', { name: /2\. replayed/ })
    .and(page.locator('[aria-current]'))
    .waitFor();
  await attempts.getByRole('button', { name: /1\. received/ }).click();
  await attempts
    .getByRole('button', { name: /1\. received/ })
    .and(page.locator('[aria-current]'))
    .waitFor();
});

test('a delivery is edited, with what the schema knows, and sent again', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await button('Edit and resend').click();
  const editor = page.getByRole('textbox', { name: 'Body' });
  await editor.press('Control+a');
  await page.keyboard.type('{"freshdesk_webhook":{"ticket_sub');
  await page.getByRole('listbox', { name: 'Completions' }).getByText('ticket_subject').first().waitFor();
  // The editor takes no Enter in the moment in which a list appears: it was meant for the text.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.keyboard.type('Edited');
  // What was typed and completed stands in brackets that were closed by themselves.
  expect((await editor.textContent())?.replace(/\s/g, '')).toBe(
    '{"freshdesk_webhook":{"ticket_subject":"Edited"}}',
  );
  await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
  await page.getByText(/The app answered 200/).waitFor();
  expect(JSON.parse(app.received.at(-1)?.body.toString() ?? '')).toEqual({
    freshdesk_webhook: { ticket_subject: 'Edited' },
  });
  await row('2×').waitFor();
  await row('edited').waitFor();
});

test('what is wrong with an edited body is marked while it is typed', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await button('Edit and resend').click();
  const editor = page.getByRole('textbox', { name: 'Body' });
  await editor.press('Control+a');
  await page.keyboard.insertText('{"freshdesk_webhook": {"ticket_subject": {}, "ours": 2}}');
  await page.locator('.cm-lintRange-error', { hasText: '"ticket_subject"' }).waitFor();
  await page.locator('.cm-lintRange-info', { hasText: '"ours"' }).waitFor();
  // The first Escape warns, the second one leaves.
  await page.keyboard.press('Escape');
  await page.getByText(/Your changes are lost/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(app.received).toHaveLength(1);
});

test('what was typed is not lost without a warning, however the dialog is left', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await button('Edit and resend').click();
  const dialog = page.getByRole('dialog');
  const editor = page.getByRole('textbox', { name: 'Body' });
  const warning = dialog.getByText('Your changes are lost when you close: close again, or send.');
  await editor.press('Control+End');
  await page.keyboard.type(' ');
  await button('Close').click();
  await warning.waitFor();
  // The warning was about what had been typed by then.
  await editor.press('Control+End');
  await page.keyboard.type(' ');
  await warning.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await warning.waitFor();
  await button('Close').click();
  await dialog.waitFor({ state: 'detached' });
});

test('another event is chosen in the same dialog, and what was typed for the one before is kept', async () => {
  await button(/^Send a sample/)
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Send a sample' });
  const editor = dialog.getByRole('textbox', { name: 'Body' });
  const event = dialog.getByRole('combobox', { name: 'Event' });
  await editor.and(page.locator(':focus')).waitFor();
  const first = await event.inputValue();
  await editor.press('Control+a');
  await page.keyboard.insertText('{"typed": 1}');

  await page.evaluate("document.querySelector('dialog').setAttribute('data-same', '')");
  await event.focus();
  await event.selectOption('freshchat/message-create');
  await editor.filter({ hasText: '"action"' }).waitFor();
  await event.and(page.locator(':focus')).waitFor();
  expect(await page.locator('dialog[data-same]').count()).toBe(1);
  await event.selectOption(first);
  await editor.filter({ hasText: '{"typed": 1}' }).waitFor();
  // What is out of sight is no less lost.
  await event.selectOption('freshchat/message-create');
  await page.keyboard.press('Escape');
  await dialog.getByText(/Your changes are lost/).waitFor();
});

test('what is being sent is not sent again', async () => {
  const sending: (() => void)[] = [];
  await page.route('**/api/send', async (route) => {
    await new Promise<void>((resolve) => sending.push(resolve));
    await route.continue();
  });
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Send a sample' });
  await dialog.getByRole('textbox', { name: 'Body' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await dialog.getByRole('button', { name: /^Send/ }).and(page.locator(':disabled')).waitFor();
  await expect.poll(() => sending.length).toBe(1);
  sending[0]!();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/The app answered 200/).waitFor();
  expect(sending).toHaveLength(1);
  expect(app.received).toHaveLength(1);
});

test('a sample of an event that is chosen is sent', async () => {
  await button(/^Send a sample/)
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Send a sample' });
  await dialog.getByRole('combobox', { name: 'Event' }).selectOption('freshchat/message-create');
  await dialog.getByText('"action"').first().waitFor();
  await dialog.getByRole('button', { name: /^Send/ }).click();
  await row('freshchat/message-create').waitFor();
  await row('sample').waitFor();
  expect(app.received.at(-1)?.url).toContain('freshchat/message-create');
});

test('the list is filtered by product, event, status and text', async () => {
  await dev.deliver(ticket);
  await dev.deliver(broken);
  await dev.deliver({ ...ticket, path: '/freshservice/ticket-created?team=plant' });
  await expect.poll(() => rows().count()).toBe(3);
  const count = async (expected: number) => expect.poll(() => rows().count()).toBe(expected);

  await page.getByLabel('Product').selectOption('freshservice');
  await count(1);
  await button(/Clear/).click();
  await count(3);
  await page.getByLabel('Event').selectOption('freshdesk/ticket-created');
  await count(2);
  await page.getByLabel('Status').selectOption('with issues');
  await count(1);
  // A reload shows the same.
  await page.reload();
  await count(1);
  expect(await page.getByLabel('Status').inputValue()).toBe('invalid');
  await button(/Clear/).click();
  await page.getByLabel('Filter by text').fill('PLANT');
  await count(1);
  await page.getByLabel('Filter by text').fill('no such thing');
  await page.getByRole('heading', { name: 'No delivery matches the filter' }).waitFor();
  await button('Clear the filter').last().click();
  await count(3);
});

test('a day of deliveries, with what became of each', async () => {
  const send = async (path: string, body: string, status = 200) => {
    app.status = status;
    await dev.deliver({ path, body });
  };
  await send(ticket.path, ticket.body);
  await send('/freshservice/ticket-updated', '{"freshdesk_webhook":{"ticket_id":"INC-7"}}');
  await send(broken.path, broken.body, 422);
  await send('/freshchat/message-create', '{"action":', 400);
  await send('/elsewhere', '{"a":1}', 404);
  for (const status of [500, 503, 200]) await send(ticket.path, ticket.body.replace('42', '43'), status);
  await send(ticket.path, customField(44).body as string);
  // The platform's retries of the same delivery are one row.
  await row('3×').click();
  await page.getByRole('navigation', { name: 'Deliveries of this row' }).getByRole('button').nth(2).waitFor();
  await expect.poll(() => rows().count()).toBe(7);
  expect(await rows().allTextContents()).toEqual([
    expect.stringMatching(/ticket-created200.*1 unknown field/),
    expect.stringMatching(/ticket-created3×200/),
    expect.stringMatching(/POST \/elsewhere404.*unknown event/),
    expect.stringMatching(/message-create400.*unreadable/),
    expect.stringMatching(/ticket-created422.*1 issue/),
    expect.stringMatching(/ticket-updated200.*valid/),
    expect.stringMatching(/ticket-created200.*valid/),
  ]);
  await screenshot(page, 'list');
});

test('a delivery is copied as a curl command and as a test', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await button('Copy as curl').click();
  await page.getByText('Copied the curl command').waitFor();
  expect(await clipboard()).toMatch(/^curl /);
  await button('Copy as test').click();
  await page.getByText('Copied the vitest test').waitFor();
  expect(await clipboard()).toContain('freshdesk/ticket-created');
});

test('what cannot be put on the clipboard is shown, to be copied by hand', async () => {
  await dev.deliver(ticket);
  await row('ticket-created').click();
  await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
  await button('Copy as curl').click();
  expect(await page.getByRole('textbox', { name: 'Text to copy' }).inputValue()).toMatch(/^curl /);
});

test('deleting one shows the next, and deleting all asks before', async () => {
  await dev.deliver(ticket);
  await dev.deliver({ ...ticket, path: '/freshservice/ticket-created' });
  await row('freshservice').click();
  await page.getByRole('article', { name: 'freshservice/ticket-created' }).waitFor();
  await button('Delete x')
    .or(button(/^Delete$/))
    .first()
    .click();
  await page.getByRole('article', { name: 'freshdesk/ticket-created' }).waitFor();
  expect(await rows().count()).toBe(1);

  await button('Delete all').click();
  await button('Keep them').click();
  // Whatever was asked of the server has been by the time that a later answer is there.
  await button('Copy as curl').click();
  await page.getByText('Copied the curl command').waitFor();
  expect(await dev.count()).toBe(1);
  await button('Delete all').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
});

test('what is deleted is no longer what the next key is for, before the stream says that it is gone', async () => {
  for (const each of ['1', '2']) await dev.deliver({ ...ticket, path: `${ticket.path}?number=${each}` });
  await expect.poll(() => rows().count()).toBe(2);
  await rows().first().click();
  await page.getByRole('article').getByText('?number=2').waitFor();
  // What the stream says is taken over with the next frame.
  await page.evaluate('requestAnimationFrame = () => 0');
  await page.keyboard.press('x');
  await page.getByText('Deleted').waitFor();
  await page.keyboard.press('c');
  await page.getByText('Copied the curl command').waitFor();
  expect(await clipboard()).toContain('?number=1');

  await button('Delete all').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
});

test('what is deleted before it was shown gives way to the next', async () => {
  for (const each of ['1', '2', '3']) await dev.deliver({ ...ticket, path: `${ticket.path}?number=${each}` });
  await expect.poll(() => rows().count()).toBe(3);
  await rows().first().click();
  await page.getByRole('article').waitFor();
  const held: (() => void)[] = [];
  await page.route(/\/api\/deliveries\/[^/]+$/, async (route) => {
    if (route.request().method() === 'GET') await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  for (const left of [2, 1]) {
    await page.keyboard.press('x');
    await expect.poll(() => rows().count()).toBe(left);
    await rows().and(page.locator('[aria-selected="true"]')).first().waitFor();
  }
  await expect.poll(() => held.length).toBe(2);
  for (const release of held) release();
  await page.getByRole('article').getByText('?number=1').waitFor();
});

test('an answer that was overtaken by a later one is dropped', async () => {
  const overtaken: (() => void)[] = [];
  await page.route(/\/api\/deliveries\/[^/]+$/, async (route) => {
    const response = await route.fetch();
    if (overtaken.length === 0) await new Promise<void>((resolve) => overtaken.push(resolve));
    await route.fulfill({ response });
  });
  await dev.deliver(ticket);
  await row('200').click();
  await expect.poll(() => overtaken.length).toBe(1);
  await dev.deliver(ticket);
  const attempts = page.getByRole('navigation', { name: 'Deliveries of this row' });
  await attempts.waitFor();
  const late = page.waitForResponse(/\/api\/deliveries\/[^/]+$/);
  overtaken[0]!();
  await (await late).finished();
  await button('Copy as curl').click();
  await page.getByText('Copied the curl command').waitFor();
  await attempts.waitFor();
});

test('what was unfolded of one delivery is not unfolded of the next', async () => {
  for (const each of ['1', '2'])
    await dev.deliver({
      path: `${ticket.path}?number=${each}`,
      body: '{}',
      headers: { 'x-long': each.repeat(2000) },
    });
  await expect.poll(() => rows().count()).toBe(2);
  await rows().first().click();
  await page.getByRole('tab', { name: /Headers/ }).click();
  const header = page.getByRole('row', { name: /x-long/ });
  await header.getByRole('button').click();
  await header.getByRole('button').waitFor({ state: 'detached' });
  await rows().last().click();
  await header.filter({ hasText: '1111' }).getByRole('button', { name: '… 1000 more characters' }).waitFor();
});

test('types are inferred, with a preview of what changes', async () => {
  for (const each of [1, 2, 3]) await dev.deliver(customField(each));
  await expect.poll(() => rows().count()).toBe(3);
  await button(/^Infer types/).click();
  const dialog = page.getByRole('dialog', { name: 'Infer types from deliveries' });
  const types = dialog.getByLabel('Payload types, before and after');
  await types.waitFor();
  expect(await types.locator('.diff-added').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('plant_of_ours')]),
  );
  await screenshot(page, 'inference');
  await dialog.getByRole('tab', { name: 'Overlay' }).click();
  const overlay = (await dialog.getByLabel('The overlay').textContent()) ?? '';
  expect(overlay).toContain('plant_of_ours');
  expect(overlay).not.toContain('Ulm');
  await dialog.getByRole('button', { name: 'Copy the overlay' }).click();
  expect(await clipboard()).toBe(overlay);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download the overlay' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe(overlay);
  await dialog.getByRole('button', { name: /^Copy: .*freshworks-gen infer/ }).click();
  expect(await clipboard()).toContain('infer');
});

test('a reload keeps the delivery that is read, and the way back leads through what was read', async () => {
  await dev.deliver(ticket);
  await dev.deliver({ ...ticket, path: '/freshservice/ticket-created' });
  await row('freshdesk').click();
  await page.getByRole('article', { name: 'freshdesk/ticket-created' }).waitFor();
  expect(page.url()).not.toContain('token');
  await page.reload();
  await page.getByRole('article', { name: 'freshdesk/ticket-created' }).waitFor();
  await row('freshdesk').and(page.locator('[aria-selected="true"]')).waitFor();
});

test('on a phone, the list and the delivery are two views', async () => {
  await dev.deliver(broken);
  await page.setViewportSize({ width: 390, height: 760 });
  await screenshot(page, 'narrow-list');
  await row('ticket-created').click();
  await page.getByRole('article').waitFor();
  expect(await rows().first().isVisible()).toBe(false);
  await screenshot(page, 'narrow');
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  await button('← Deliveries').click();
  await expect.poll(() => rows().first().isVisible()).toBe(true);
  await page.goBack();
  await page.getByRole('article').waitFor();
});
