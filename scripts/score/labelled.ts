import type { Engine } from '@evenkeel/language/engine';
import { type Labelled, labelledRows } from '../train/labelled.ts';
import { FOLDER } from './data.ts';
import { kindsTable, scoreRows } from './kinds.ts';

/** How real messages are read that nobody had looked at when they were labelled: above all the half that is only counted. */
export function labelledSections(engine: Engine): readonly string[] {
  const rows = labelledRows(FOLDER);
  const of = (isAsked: (row: Labelled) => boolean) =>
    kindsTable(
      (['client', 'draft'] as const).flatMap((side) =>
        scoreRows(
          engine,
          side,
          rows.filter((row) => row.side === side && isAsked(row)),
        ),
      ),
    );
  return [
    '## Real messages that we labelled ourselves',
    'Stretches of real complaints, reviews, posts and answers of firms, labelled by one reader before the rules were run on them. Every second one is only counted.',
    of(({ isOpen, isLater }) => !isOpen && !isLater),
    'Those that were read to mend rules:',
    of(({ isOpen }) => isOpen),
    '## Real messages, labelled after everything',
    'Labelled when the rules stood, by a reader who had not seen them, and never read to improve one.',
    of(({ isLater }) => isLater),
  ];
}
