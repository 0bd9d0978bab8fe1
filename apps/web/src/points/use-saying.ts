import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { makePoint, type NewPoint, pointsChanged, type Said, sayOfPoint } from './points.queries.ts';

/** Writes down what a person says of a point, and reads the points again. */
export function useSaying(partyId: string, onDone: () => void = () => {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, said }: { id: string; said: Said }) => sayOfPoint(id, said),
    onSuccess: async ({ number }) => {
      toast(t('point.written', { number }));
      await pointsChanged(queries, partyId);
      onDone();
    },
  });
}

/** Makes a point of words. */
export function useMaking(partyId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: NewPoint) => makePoint(partyId, wish),
    onSuccess: async ({ number }) => {
      toast(t('point.made', { number }));
      await pointsChanged(queries, partyId);
      onDone();
    },
  });
}
