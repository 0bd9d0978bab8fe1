import { endProcedure } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { ReasonForm } from './reason-form.tsx';

/** Ends a procedure before its pack does; its steps stay. */
export function EndForm({ procedure: { id } }: { procedure: Procedure }) {
  return (
    <ReasonForm
      opens={t('procedure.end')}
      explains={t('procedure.endWhen')}
      does={t('procedure.endNow')}
      run={(reason) => endProcedure({ path: { id }, body: { reason } })}
    />
  );
}
