import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Point } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import type { Said } from './points.queries.ts';
import { useSaying } from './use-saying.ts';

type Form = { point: Point; says: string; said: () => Said; onDone: () => void; children: ReactNode };

/** A form that writes down one thing about a point, or says why it is refused. */
export function SayingForm({ point, says, said, onDone, children }: Form) {
  const saying = useSaying(point.partyId, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saying.mutate({ id: point.id, said: said() });
  };
  return (
    <form className="sheet point-form stack" onSubmit={submit} aria-label={says}>
      {children}
      {saying.error && (
        <p className="notice" role="alert">
          {problemWords(saying.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={saying.isPending}>
          {t('point.write')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('paste.cancel')}
        </button>
      </div>
    </form>
  );
}
