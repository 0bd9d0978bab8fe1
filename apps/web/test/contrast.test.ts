import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../src/theme.css', import.meta.url), 'utf8');
const GROUNDS = ['paper', 'sheet', 'raised', 'hover', 'accent-tint', 'amber-tint', 'mark'];

for (const scheme of ['light', 'dark']) {
  const colours = coloursOf(scheme);

  test.each(['ink', 'ink-2', 'ink-3', 'accent'])(
    `in the ${scheme}, words in %s can be read on every ground`,
    (ink) => {
      const grounds = ink === 'ink' || ink === 'ink-2' ? GROUNDS : GROUNDS.slice(0, 5);
      const weak = grounds.filter((ground) => contrast(colours[ink]!, colours[ground]!) < 4.5);
      expect(weak).toEqual([]);
    },
  );

  test(`in the ${scheme}, words on a full button can be read`, () => {
    expect(contrast(colours['accent-ink']!, colours.accent!)).toBeGreaterThanOrEqual(4.5);
  });

  test(`in the ${scheme}, the edges of fields can be seen, and so can the ring of the focus`, () => {
    for (const ground of ['paper', 'sheet']) {
      expect(contrast(colours['line-strong']!, colours[ground]!)).toBeGreaterThanOrEqual(3);
      expect(contrast(colours.accent!, colours[ground]!)).toBeGreaterThanOrEqual(3);
    }
  });
}

function coloursOf(scheme: string): Record<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]!.split('}')[0]!;
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

/** @source WCAG 2.2, contrast ratio */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
