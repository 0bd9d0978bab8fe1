import type { InteractionInPlace } from '../api/shapes.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { statedAs, withPlainSpaces } from '../words/when.ts';

/** Copies the words that are selected, with who wrote them and when, as one would cite them. */
export async function copyQuote({ row }: InteractionInPlace): Promise<void> {
  const words = window.getSelection()?.toString().trim();
  if (!words) return toast(t('quote.selectFirst'));
  const who = row.from.name ?? row.from.address ?? t('who.unknown');
  await navigator.clipboard.writeText(
    t('quote.cite', {
      words,
      who,
      when: withPlainSpaces(statedAs(row.at, row.offsetMin)),
      subject: row.subject ?? '',
    }),
  );
  toast(t('quote.copied'));
}
