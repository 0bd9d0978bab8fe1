import { expect } from 'vitest';
import { PATIENCE_MS, type Play } from './matters-play.ts';
import type { Lang } from './words.ts';

/** What is written down by hand, and whose it is. */
export const BY_HAND = ['interaction.noted', 'interaction.filed'];

/** Starts what the packs offer for a thing, as the page offers it. */
export async function startProcedure(
  { page, hand, says, lang, ask, leaves }: Play,
  subject: string,
): Promise<void> {
  type Packs = { packs: { title: Record<Lang, string> }[] };
  const { packs } = await ask<Packs>('GET', `/api/procedures/packs?subject=${subject}`);
  const start = says('procedure.startThis', { what: packs[0]!.title[lang] });
  await leaves(['procedure.started', 'procedure.step-entered'], async () => {
    await hand.press(page.getByRole('button', { name: start }));
    await page.locator('#procedure-now').waitFor();
  });
}

/** The step of now is done; the next is there. */
export async function stepDone({ page, hand, says, button, leaves }: Play): Promise<void> {
  const title = page.locator('#procedure-now');
  const before = await title.textContent();
  const done = button(says('procedure.done'));
  await leaves(['procedure.step-done', 'procedure.step-entered'], async () => {
    await expect.poll(() => done.isEnabled(), { timeout: PATIENCE_MS }).toBe(true);
    await hand.press(done);
    await expect.poll(() => title.textContent(), { timeout: PATIENCE_MS }).not.toBe(before);
  });
}

/** The letter of a step is filled in, finished, copied, and said to be sent. */
export async function handOver({ page, hand, says, typed, button, leaves }: Play): Promise<void> {
  const letter = page.locator('section.letter');
  await letter.waitFor();
  for (const box of await letter.getByRole('textbox').all())
    if ((await box.inputValue()) === '') await hand.write(box, typed.letter);
  const finish = button(says('letter.finish'));
  await leaves(['procedure.letter-finished'], async () => {
    await expect.poll(() => finish.isEnabled(), { timeout: PATIENCE_MS }).toBe(true);
    await hand.press(finish);
    await button(says('letter.sent')).waitFor();
  });
  await hand.press(button(says('letter.copy')));
  await page.getByText(says('reply.copied')).first().waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('{{');
  const kinds = [...BY_HAND, 'procedure.letter-handed-over'];
  await leaves(kinds, async () => {
    await hand.press(button(says('letter.sent')));
    await button(says('letter.sent')).waitFor({ state: 'detached' });
  });
}
