import { useQuery } from '@tanstack/react-query';
import type { InteractionInPlace } from '../api/shapes.ts';
import { noveltyQuery } from './points.queries.ts';

/** The lines that answer what a message of theirs raises again, each once. */
export function useAnswerLines({ row }: InteractionInPlace): readonly string[] {
  const partyId = row.parties[0]?.id;
  const novelty = useQuery({
    ...noveltyQuery(row.id, partyId ?? ''),
    enabled: row.direction !== 'outbound' && partyId !== undefined,
  }).data;
  const lines = novelty?.wishes.flatMap(({ again }) => again.flatMap(({ reply }) => reply ?? [])) ?? [];
  return [...new Set(lines)];
}
