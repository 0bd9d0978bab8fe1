import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.2 asks at A and AA, and what axe calls good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a narrower page can break, or another light; the rest of a page is the same. */
export const BY_SIZE = ['target-size', 'scrollable-region-focusable'];
export const BY_LIGHT = ['color-contrast'];

/**
 * What axe finds wrong on the page as it stands, one line for each element.
 *
 * @param elsewhere what is looked at elsewhere
 * @param rules only these; without them all
 */
export async function axeFaults(
  page: Page,
  elsewhere: readonly string[] = [],
  rules: readonly string[] | null = null,
): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    ([only, left]) =>
      (window as unknown as { axe: typeof axe }).axe.run(
        { exclude: left!.filter((selector) => document.querySelector(selector)) },
        { runOnly: only!, resultTypes: ['violations'] },
      ),
    [rules ? [...rules] : TAGS, [...elsewhere]] as const,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}, ${help}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}
