import { currentVisit, type ProcedureState } from '../state.ts';
import { MARKS, type Mark } from './marks.ts';

type Asked = {
  readonly says: string;
  readonly args: readonly never[];
  readonly holds: (state: ProcedureState) => boolean;
};

const isSo = (state: ProcedureState, mark: Mark): boolean => state.beside.marks[mark] !== undefined;

function isSoSince(state: ProcedureState, mark: Mark): boolean {
  const at = state.beside.marks[mark];
  const entered = currentVisit(state)?.enteredAt ?? state.visits.at(-1)?.enteredAt;
  return at !== undefined && entered !== undefined && at >= entered;
}

const one = (says: string, holds: Asked['holds']): Asked => ({ says, args: [], holds });

/** What packs can ask about restrictions, filing without reply, and ends. */
export const BESIDE_PREDICATES: Readonly<Record<string, Asked>> = {
  ...Object.fromEntries(
    Object.entries(MARKS).map(([mark, says]) => [mark, one(says, (state) => isSo(state, mark as Mark))]),
  ),
  'restriction-settled': one(
    'The plan was decided, or nobody wants it any more.',
    (state) => isSo(state, 'restriction-decided') || isSo(state, 'restriction-over'),
  ),
  'looked-at-again': one(
    'The restriction was looked at again since this step was come to, or it is over.',
    (state) => isSoSince(state, 'restriction-reviewed') || isSo(state, 'restriction-over'),
  ),
  'appeal-settled': one(
    'Their request was decided since this step was come to, or the restriction is over.',
    (state) => isSoSince(state, 'appeal-decided') || isSo(state, 'restriction-over'),
  ),
};
