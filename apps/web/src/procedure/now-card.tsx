import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type RefObject, useState } from 'react';
import { OutsiderFields, outsiderOf } from '../casefile/outsider-fields.tsx';
import { doProcedureStep } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { AllowedNote } from '../restriction/allowed-note.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { AloneForm } from './alone-form.tsx';
import { ClockForm } from './clock-form.tsx';
import { inReaders } from './in-three.ts';
import { LetterEditor } from './letter-editor.tsx';
import { type Now, stepTaken } from './procedure.queries.ts';
import { SayLine } from './say-line.tsx';
import { SkipForm } from './skip-form.tsx';
import { OutdatedLine } from './source-list.tsx';
import { StandingList } from './standing-list.tsx';

type Given = { procedure: Procedure; at: RefObject<HTMLElement | null> };

/** The step of now: what to do, until when, what is missing, and the one button that goes on. */
export function NowCard({ procedure, at }: Given) {
  const now = procedure.now as Now;
  const step = procedure.steps.find(({ id }) => id === now.step)!;
  const isOurs = step.role !== 'clock';
  return (
    <section className="sheet procedure-card stack" ref={at} tabIndex={-1} aria-labelledby="procedure-now">
      <div>
        <p className="small quiet">{t('procedure.stepOf', { number: now.number, of: now.of })}</p>
        <h2 id="procedure-now">{inReaders(step.title)}</h2>
        <p className="procedure-text">{inReaders(step.text)}</p>
      </div>
      <DoneIn procedure={procedure} now={now} />
      {now.standing && <StandingList standing={now.standing} partyId={procedure.partyId} />}
      <DueLine now={now} isOurs={isOurs} />
      {now.due && <OutdatedLine validUntil={now.source?.validUntil ?? null} />}
      {isOurs && !now.isMine && <p className="notice">{t('procedure.notYours', { role: step.role })}</p>}
      <Needs procedure={procedure} now={now} />
      {now.isMine && step.letter && <AllowedNote partyId={procedure.partyId} channel="mail" />}
      {now.isMine && step.letter && (
        <LetterEditor procedureId={procedure.id} partyId={procedure.partyId} letter={step.letter} />
      )}
      {now.isMine && now.second && <AloneForm procedure={procedure} now={now} />}
      {now.isMine && <DoForm procedure={procedure} now={now} />}
      {now.stoppable.length > 0 && <ClockForm procedure={procedure} now={now} />}
      {step.skip === 'safety' && <SkipForm procedure={procedure} now={now} />}
    </section>
  );
}

/** Where that is done which the step only waits for. */
const DONE_IN: Readonly<Record<string, 'restrictions' | 'ending'>> = {
  'restriction-settled': 'restrictions',
  'restriction-decided': 'restrictions',
  'restriction-in-force': 'restrictions',
  'looked-at-again': 'restrictions',
  'appeal-settled': 'restrictions',
  'silence-began': 'restrictions',
  'ending-planned': 'ending',
  'ending-told': 'ending',
  'ending-over': 'ending',
  'ending-answered': 'ending',
};

function DoneIn({ procedure: { subject, partyId }, now: { needs } }: { procedure: Procedure; now: Now }) {
  const asked = needs.map(({ predicate }) => DONE_IN[predicate]).find((place) => place !== undefined);
  const place = asked ?? (subject.kind === 'restriction' ? 'restrictions' : null);
  if (!place) return null;
  return (
    <p>
      <Link to={`/clients/$partyId/${place}`} params={{ partyId }} search={(now) => now}>
        {t(`procedure.doneIn-${place}`)}
      </Link>
    </p>
  );
}

function DueLine({ now: { due, source, isStopped }, isOurs }: { now: Now; isOurs: boolean }) {
  if (isStopped) return <p className="procedure-due">{t('procedure.clockStands')}</p>;
  if (!due) return null;
  const when = due.isWholeDay ? dateOf(`${due.date}T12:00:00`) : momentOf(due.at);
  const isLate = Date.parse(due.at) < clockNow().getTime();
  return (
    <p className="procedure-due" data-late={isLate && isOurs ? '' : undefined}>
      <strong>{t(isOurs ? 'procedure.dueOurs' : 'procedure.dueTheirs', { when })}</strong>
      {isLate && isOurs && <span> · {t('procedure.late')}</span>}
      {source && (
        <span className="small quiet">
          {' '}
          {t('procedure.source')} {inReaders(source.says)}
        </span>
      )}
    </p>
  );
}

/** What has to be so before it can be done, each as met or missing, in words. */
function Needs({ procedure: { noteFindings }, now: { needs } }: { procedure: Procedure; now: Now }) {
  if (needs.length === 0 && !noteFindings) return null;
  return (
    <ul className="procedure-needs small">
      {needs.map(({ predicate, args, holds }) => (
        <li key={`${predicate} ${args.join(' ')}`} data-met={holds ? '' : undefined}>
          <span aria-hidden="true">{holds ? '✓' : '○'}</span> {named('need', predicate)}
          {!holds && <strong> {t('procedure.missing')}</strong>}
        </li>
      ))}
      {noteFindings !== null && noteFindings > 0 && (
        <li>{t('procedure.noteFindings', { count: noteFindings })}</li>
      )}
    </ul>
  );
}

function DoForm({ procedure, now }: { procedure: Procedure; now: Now }) {
  const [choice, setChoice] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const doing = useMutation({
    mutationFn: (fields: FormData) =>
      doProcedureStep({
        path: { id: procedure.id, step: now.step },
        body: { choice, reason: reason.trim() || null, outsider: outsiderOf(fields) },
      }),
    onSuccess: (changed) => stepTaken(queries, changed),
  });
  const asks = now.choices.find(({ id }) => id === choice)?.asks ?? null;
  const isReady =
    now.needs.every(({ holds }) => holds) &&
    (now.choices.length === 0 || choice !== null) &&
    (asks === null || reason.trim() !== '');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    doing.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="stack" onSubmit={submit}>
      {now.choices.length > 0 && (
        <fieldset className="procedure-choices">
          <legend>{t('procedure.choose')}</legend>
          {now.choices.map(({ id, title, say }) => (
            <div key={id}>
              <label>
                <input type="radio" name="choice" checked={choice === id} onChange={() => setChoice(id)} />
                {inReaders(title)}
              </label>
              {say && <SayLine words={inReaders(say)} />}
            </div>
          ))}
        </fieldset>
      )}
      <Textarea
        label={asks ? inReaders(asks) : t('procedure.note')}
        autosize
        minRows={1}
        maxRows={8}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {now.second && <OutsiderFields />}
      {doing.error && (
        <p className="notice" role="alert">
          {problemWords(doing.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={doing.isPending} disabled={!isReady}>
          {t('procedure.done')}
        </Button>
        {!isReady && <span className="small quiet">{t('procedure.notReady')}</span>}
      </div>
    </form>
  );
}
