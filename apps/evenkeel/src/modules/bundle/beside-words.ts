import { stated } from '../../kernel/instant.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { utcOf } from './chronology.dates.ts';

type Exported = NonNullable<ExhibitSource['exported']>;

const MOST_LISTED = 100;

/**
 * What an export says of an entry beside its words, one line each: that it was deleted, what it said before it was edited,
 * and who set which sign under it.
 */
export function besideWords({ exported }: Pick<ExhibitSource, 'exported'>): readonly string[] {
  if (!exported) return [];
  const { state, editedAt, earlier, reactions } = exported;
  const isEdited = state === 'edited' || editedAt !== null;
  return [
    ...(state === 'deleted' ? ['Deleted there, as the export says'] : []),
    ...(isEdited ? [`Edited there${at(editedAt)}, as the export says`] : []),
    ...listed(earlier ?? [], earlierLine, 'earlier wordings'),
    ...listed(reactions ?? [], reactionLine, 'reactions'),
  ];
}

function earlierLine({ text, at: when }: NonNullable<Exported['earlier']>[number]): string {
  return `Before it was edited${at(when)} it said: ${text === null ? '(no words)' : `“${text}”`}`;
}

function reactionLine({ what, by, count, at: when }: NonNullable<Exported['reactions']>[number]): string {
  const who = by ? (by.name ?? by.address ?? 'somebody without a name') : `${count} not named`;
  return `Reaction ${what} by ${who}${at(when)}`;
}

/** In UTC: which zone the clock of an export ran in may be ours alone. */
function at(when: string | null): string {
  if (when === null) return '';
  const instant = stated(when, 'export')?.at;
  return ` (${instant ? utcOf(instant) : `${when.replace('T', ' ')}, zone not stated`})`;
}

function listed<T>(all: readonly T[], line: (one: T) => string, what: string): readonly string[] {
  const left = all.length - MOST_LISTED;
  const lines = all.slice(0, MOST_LISTED).map(line);
  return left > 0 ? [...lines, `${left} more ${what} stand in the native file`] : lines;
}
