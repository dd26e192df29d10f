import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import { broken, customField, ticket } from './payloads.js';
import { screenshot } from './screenshots.js';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

let browser: Browser;
let dev: Dev;

beforeAll(async () => {
  [browser, dev] = await Promise.all([launch(), startDev()]);
});

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop()]);
});

async function violations(page: Page, where: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run(document).then(({ violations }) => violations)',
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id}: ${node.html}\n${node.failureSummary}`));
}

const themes = ['light', 'dark'] as const;
const widths = [1280, 390] as const;

test.each(themes.flatMap((theme) => widths.map((width) => [theme, width] as const)))(
  'axe finds nothing serious in the %s theme, %d pixels wide',
  async (theme, width) => {
    await dev.clear();
    const size = { width, height: 800 };
    const { page, expectCalm } = await open(browser, dev.address, { colorScheme: theme, viewport: size });
    const found: string[] = [];
    const look = async (where: string) => found.push(...(await violations(page, where)));

    await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
    await look('without deliveries');
    await dev.deliver(ticket);
    for (const each of [1, 2, 3]) await dev.deliver(customField(each));
    await dev.deliver(broken);
    const rows = page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
    await expect.poll(() => rows.count()).toBe(5);
    await look('the list');
    await rows.first().click();
    await page.getByRole('region', { name: 'Issues' }).waitFor();
    await look('a broken delivery');
    if (theme === 'dark') await screenshot(page, width === 1280 ? 'dark' : 'narrow-dark');
    for (const tab of [/Headers/, /Answer/, /Raw body/]) {
      await page.getByRole('tab', { name: tab }).click();
      await look(`the tab ${String(tab)}`);
    }
    await page.keyboard.press('e');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await look('the editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.getByRole('tab', { name: 'Types' }).waitFor();
    await look('the inference');
    if (theme === 'dark' && width === 1280) await screenshot(page, 'inference-dark');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor();
    await look('the shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('X');
    await page.getByRole('dialog', { name: /Delete all/ }).waitFor();
    await look('the question');
    expect(found).toEqual([]);
    expectCalm();
    await page.context().close();
  },
);

test('without its key, the page says where to find it', async () => {
  const { page, expectCalm } = await open(browser, dev.address.replace(/#.*/, ''));
  await page.getByRole('heading', { name: 'This page needs its key' }).waitFor();
  expect(await violations(page, 'locked')).toEqual([]);
  expectCalm();
});
