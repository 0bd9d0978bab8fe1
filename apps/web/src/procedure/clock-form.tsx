import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { restartProcedureClock, stopProcedureClock } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { inReaders } from './in-three.ts';
import type { Now } from './procedure.queries.ts';
import { ReasonForm } from './reason-form.tsx';

/** Stops the clock of a step for one of the reasons its pack allows, or lets it go on. */
export function ClockForm({ procedure: { id }, now }: { procedure: Procedure; now: Now }) {
  const [stop, setStop] = useState(now.stoppable[0]?.id ?? '');
  if (now.isStopped)
    return (
      <ReasonForm
        opens={t('procedure.restart')}
        explains={t('procedure.restartWhen')}
        does={t('procedure.restartNow')}
        run={(reason) => restartProcedureClock({ path: { id }, body: { reason } })}
      />
    );
  return (
    <ReasonForm
      opens={t('procedure.stop')}
      explains={t('procedure.stopWhen')}
      does={t('procedure.stopNow')}
      run={(reason) => stopProcedureClock({ path: { id }, body: { stop, reason } })}
    >
      <NativeSelect
        label={t('procedure.stopFor')}
        value={stop}
        onChange={(event) => setStop(event.currentTarget.value)}
        data={now.stoppable.map((one) => ({ value: one.id, label: inReaders(one.title) }))}
      />
    </ReasonForm>
  );
}
