import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser that `CHROMIUM` names, or that is installed. */
export function chromiumPath(): string {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  for (const folder of PATH.split(delimiter))
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // The next one.
      }
    }
  throw new Error('There is no Chromium: install one, or name it by CHROMIUM=/path');
}

export function launch(): Promise<Browser> {
  // Root, as in a container, gets no sandbox; nothing but our own page is opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumPath(), args });
}

/** A page, and what must not happen on it. */
export interface Watched {
  readonly page: Page;
  /** Fails where a dialog opened, a script failed, the policy was broken, or something was asked for elsewhere. */
  readonly expectCalm: () => void;
}

/** Opens an address in a window of its own, and looks at everything that happens there. */
export async function open(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const trouble: string[] = [];
  const { origin } = new URL(address);
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // What the server refuses or does not answer is told by the browser as well. And where text is typed, Chromium itself
    // tries to keep the style of what stood there: a style that a script or markup sets has a line.
    const isExpected =
      text.startsWith('Failed to load resource') ||
      (text.startsWith('Applying inline style violates') && message.location().lineNumber === 0);
    if (message.type() === 'error' && !isExpected) trouble.push(`console: ${text}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (
      !url.startsWith(`${origin}/`) &&
      !url.startsWith(`blob:${origin}/`) &&
      !url.startsWith('data:image/svg+xml')
    )
      trouble.push(`request: ${url}`);
  });
  page.on('popup', (popup) => trouble.push(`popup: ${popup.url()}`));
  await page.goto(address);
  return { page, expectCalm: () => expect(trouble).toEqual([]) };
}
