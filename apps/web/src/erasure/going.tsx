import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { cancelErasure } from '../generated/sdk.gen.ts';
import type { ErasureProgress } from '../generated/types.gen.ts';
import { Meter } from '../import/meter.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** How far an erasure is; it can be called off as long as nothing has gone. */
export function Going({ now: { phase, done, of, mayCancel } }: { now: NonNullable<ErasureProgress> }) {
  const calling = useMutation({ mutationFn: () => cancelErasure() });
  const says = t(`erasure.phase.${phase}`);
  return (
    <section className="section stack" aria-labelledby="erase-going">
      <h2 id="erase-going">{t('erasure.going')}</h2>
      <p role="status">{says}</p>
      {of > 0 && (
        <>
          <Meter value={done} of={of} label={says} />
          <p className="small quiet">{t('erasure.doneOf', { done, of })}</p>
        </>
      )}
      <p className="small quiet">{mayCancel ? t('erasure.mayCancel') : t('erasure.past')}</p>
      {calling.error && (
        <p className="notice" role="alert">
          {problemWords(calling.error)}
        </p>
      )}
      {mayCancel && (
        <div>
          <Button
            size="xs"
            variant="default"
            loading={calling.isPending || calling.isSuccess}
            onClick={() => calling.mutate()}
          >
            {t('erasure.cancel')}
          </Button>
        </div>
      )}
    </section>
  );
}
