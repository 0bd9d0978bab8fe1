import { useMutation, useQueryClient } from '@tanstack/react-query';
import { doProcedureStep } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { stepTaken } from '../procedure/procedure.queries.ts';

type Wish = { readonly choice: string | null; readonly reason: string | null };

/** Presses a button of the step of now: it is recorded with its time, and the next card is shown. */
export function useTap({ id, now }: Procedure) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ choice, reason }: Wish) =>
      doProcedureStep({ path: { id, step: now?.step ?? '' }, body: { choice, reason, outsider: null } }),
    onSuccess: (changed) => stepTaken(queries, changed),
  });
}
