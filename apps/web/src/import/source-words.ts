import { t } from '../words/t.ts';

/** A source as it was named when it was brought; several files were named by their number, in English. */
export function sourceWords(name: string): string {
  const [, count] = /^(\d+) files$/.exec(name) ?? [];
  return count === undefined ? name : t('parcels.count', { count: Number(count) });
}
