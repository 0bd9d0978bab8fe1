import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { handOverProcedureLetter } from '../generated/sdk.gen.ts';
import type { ProcedureLetter } from '../generated/types.gen.ts';
import { sendingsQuery, waitingOf } from '../mailbox/mailbox.queries.ts';
import { SendLetter } from '../mailbox/send-letter.tsx';
import { localNow } from '../paste/paste.ts';
import { toast } from '../shell/toasts.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { plain } from './letter-text.ts';
import { printLetter } from './print-letter.ts';

type Finished = NonNullable<ProcedureLetter['finished']>;
type Given = {
  procedureId: string;
  partyId: string;
  letter: string;
  finished: Finished;
  confirmedNames: string[];
};
type Way = Exclude<NonNullable<Finished['way']>, 'sent'>;
const WAYS: readonly Way[] = ['copy', 'eml', 'print'];

/** A finished letter leaves by another program or on paper; then it is said when it did. */
export function LetterHandover({ procedureId, partyId, letter, finished, confirmedNames }: Given) {
  const [way, setWay] = useState<Way>('copy');
  const [at, setAt] = useState(() => localNow(clockNow()));
  const { data: sendings } = useQuery(sendingsQuery({ procedure: procedureId }));
  const queries = useQueryClient();
  const handing = useMutation({
    mutationFn: () =>
      handOverProcedureLetter({
        path: { id: procedureId, letter },
        body: { way, at: new Date(at) >= minuteOf(clockNow()) ? null : withOffset(at), confirmedNames },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const copy = async () => {
    await navigator.clipboard.writeText(plain(finished.text));
    setWay('copy');
    toast(t('reply.copied'));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    handing.mutate();
  };
  return (
    <div className="stack">
      <SendLetter
        procedureId={procedureId}
        partyId={partyId}
        letter={letter}
        confirmedNames={confirmedNames}
        sha256={finished.sha256}
      />
      <div className="row letter-ways">
        <button type="button" className="action" onClick={copy}>
          {t('letter.copy')}
        </button>
        <a
          className="action"
          href={`/api/procedures/${procedureId}/letters/${letter}/mail${confirmedQuery(confirmedNames)}`}
          download="letter.eml"
          onClick={() => setWay('eml')}
        >
          {t('letter.eml')}
        </a>
        <button
          type="button"
          className="action"
          onClick={() => {
            setWay('print');
            printLetter({ ...finished, text: plain(finished.text) });
          }}
        >
          {t('letter.print')}
        </button>
      </div>
      {!waitingOf(sendings, letter) && (
        <form className="stack" onSubmit={submit}>
          <div className="row letter-sent">
            <NativeSelect
              label={t('letter.way')}
              value={way}
              onChange={(event) => setWay(event.currentTarget.value as Way)}
              data={WAYS.map((each) => ({ value: each, label: named('handWay', each) }))}
            />
            <TextInput
              type="datetime-local"
              label={t('letter.sentWhen')}
              value={at}
              max={localNow(clockNow())}
              onChange={(event) => setAt(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
          </div>
          {handing.error && (
            <p className="notice" role="alert">
              {problemWords(handing.error)}
            </p>
          )}
          <div>
            <Button type="submit" loading={handing.isPending}>
              {t('letter.sent')}
            </Button>
          </div>
          <p className="small quiet">{t('letter.sentWhat')}</p>
        </form>
      )}
    </div>
  );
}

function confirmedQuery([name]: readonly string[]): string {
  return name === undefined ? '' : `?confirmed=${encodeURIComponent(name)}`;
}

function minuteOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000);
}

/** `2026-05-12T10:00` where this reader is, with the offset that held there then. */
function withOffset(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${local}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
