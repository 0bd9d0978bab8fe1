import type { Interaction } from '../api/shapes.ts';
import { named, t } from '../words/t.ts';
import { momentAsStated } from '../words/when.ts';

/** What an export says became of an entry: deleted, edited and when; empty where it says nothing. */
export function exportedState({
  state,
  editedAt,
}: Pick<NonNullable<Interaction['exported']>, 'state' | 'editedAt'>): string {
  const edited = editedAt && t('exportedAs.edited', { at: momentAsStated(editedAt) });
  // With its time it says the same, and more.
  const became = state && !(state === 'edited' && edited) ? named('exportState', state) : null;
  return [became, edited].filter(Boolean).join(', ');
}
