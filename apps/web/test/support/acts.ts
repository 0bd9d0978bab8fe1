import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PATIENCE_MS } from './browser.ts';

/** The line that opens a small form (`Act`), by what it says. */
export function actSaying(within: Page | Locator, name: string): Locator {
  return within.locator(`details.act:has(> summary:has-text(${JSON.stringify(name)}))`).first();
}

/** Opens it. What comes late above it moves it, and a press that begins on it then ends beside it: then once more. */
export async function openAct(
  act: Locator,
  press: (target: Locator) => Promise<void> = (target) => target.click(),
): Promise<void> {
  const isOpen = () => act.evaluate((element: HTMLDetailsElement) => element.open);
  const open = async () => {
    if (!(await isOpen())) await press(act.locator('> summary'));
    return isOpen();
  };
  await expect.poll(open, { timeout: PATIENCE_MS }).toBe(true);
}
