import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { asking } from './entries.ts';

const PATIENT = { timeout: 60_000 };

/** Waits until everything that was recorded is read: words are marked a moment behind the record. */
export async function allRead(page: Page): Promise<void> {
  type Health = { readonly lag: Readonly<Record<string, number>> };
  const isRead = async () => {
    const { lag } = await asking(page)<Health>('GET', '/api/health');
    return Object.values(lag).every((left) => left === 0);
  };
  await expect.poll(isRead, PATIENT).toBe(true);
}

/**
 * Waits until the message that is open has all its marks. Those that come later draw its words anew, and what was selected
 * in them is gone.
 */
export async function marksDrawn(page: Page, interaction: string, party: string): Promise<void> {
  const query = new URLSearchParams({ interactions: interaction, party });
  type Signals = { readonly items: readonly unknown[] };
  const { items } = await asking(page)<Signals>('GET', `/api/signals?${query}`);
  await page.locator('.words').waitFor();
  await expect.poll(() => page.locator('.marks .finding').count(), PATIENT).toBe(items.length);
}
