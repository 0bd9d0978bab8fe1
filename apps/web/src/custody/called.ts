import { say } from '../words/t.ts';

/**
 * What a call was about: the last part of its path that has a word. One newer than this page is shown as it is.
 *
 * @example calledOf('GET /api/parties/{id}/timeline') // 'timeline'
 */
export function calledOf(operation: string): string {
  const parts = operation.split('/').slice(2).reverse();
  const words = parts.flatMap((part) => say(`custody.of.${part}`) ?? []);
  return words[0] ?? operation;
}
