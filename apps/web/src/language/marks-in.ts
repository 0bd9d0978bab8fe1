import type { Signal } from '../api/shapes.ts';

/** The marks whose words stand in the short form of a message, at their place there. */
export function marksIn(lead: string, signals: readonly Signal[]): Signal[] {
  return signals.flatMap((signal) => {
    const quote = signal.quote.replace(/\s+/g, ' ').trim();
    const start = lead.indexOf(quote);
    return start < 0 || quote === '' ? [] : [{ ...signal, start, end: start + quote.length }];
  });
}
