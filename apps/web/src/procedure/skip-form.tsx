import { skipProcedureStep } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import type { Now } from './procedure.queries.ts';
import { ReasonForm } from './reason-form.tsx';

/** Leaves a step out for somebody's safety. */
export function SkipForm({ procedure: { id }, now: { step } }: { procedure: Procedure; now: Now }) {
  return (
    <ReasonForm
      opens={t('procedure.skip')}
      explains={t('procedure.skipWhen')}
      does={t('procedure.skipNow')}
      run={(reason) => skipProcedureStep({ path: { id, step }, body: { reason } })}
    />
  );
}
