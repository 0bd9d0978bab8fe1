import type { Finding } from '@evenkeel/language/finding';

/** A finding as the contract of the command line has it. */
export function printed({ kind, start, end, quote, confidence, band, why, pack, engine }: Finding) {
  return { kind, start, end, quote, confidence, band, why, pack, engine };
}

/** A finding for a person: the quote first, then what it is. */
export function findingText({ kind, quote, band, why }: Finding, more: readonly string[] = []): string {
  const words = quote.replace(/\s+/g, ' ').trim();
  return [`  "${words}"`, `      ${kind.replaceAll('_', ' ')}, ${band}  (${why})`, ...more].join('\n');
}
