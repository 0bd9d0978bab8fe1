import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { finishProcedureLetter, keepProcedureLetter } from '../generated/sdk.gen.ts';
import type { ProcedureLetter } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { DraftCheck } from './draft-check.tsx';
import { inReaders } from './in-three.ts';
import { LetterHandover } from './letter-handover.tsx';
import { LetterName } from './letter-name.tsx';
import { filled, openPlaces } from './letter-text.ts';
import { LetterView } from './letter-view.tsx';
import { type LetterLang, letterQuery } from './procedure.queries.ts';

const LANGS: readonly LetterLang[] = ['en', 'ru', 'fi'];

type Edited = { procedureId: string; partyId: string; letter: string };

/** The letter of a step: in their language, checked while it is written, finished only when nothing is missing. */
export function LetterEditor({ procedureId, partyId, letter }: Edited) {
  const [lang, setLang] = useState<LetterLang>();
  const [isShown, setShown] = useState(false);
  const { data } = useQuery({ ...letterQuery(procedureId, letter, lang), throwOnError: true });
  if (!data) return null;
  const { finished } = data;
  return (
    <section className="letter stack" aria-label={inReaders(data.title)}>
      <p className="small quiet">
        {data.to.address
          ? t('letter.to', data.to as { name: string; address: string })
          : t('letter.toName', data.to)}
      </p>
      {finished && !finished.handedOverAt ? (
        <>
          <LetterName letter={data} isConfirmed={isShown} onConfirm={setShown} />
          <LetterView subject={finished.subject} text={finished.text} lang={finished.lang} />
          <LetterHandover
            procedureId={procedureId}
            partyId={partyId}
            letter={letter}
            finished={finished}
            confirmedNames={isShown ? data.foreignNames : []}
          />
        </>
      ) : (
        !finished && (
          <>
            <NativeSelect
              label={t('letter.lang')}
              description={
                data.theirLang ? t('letter.theirs', { lang: named('letterLang', data.theirLang) }) : undefined
              }
              value={data.lang}
              onChange={(event) => setLang(event.currentTarget.value as LetterLang)}
              data={LANGS.map((each) => ({ value: each, label: named('letterLang', each) }))}
            />
            <Fields key={data.lang} procedureId={procedureId} partyId={partyId} letter={data} asked={lang} />
          </>
        )
      )}
    </section>
  );
}

type Written = {
  procedureId: string;
  partyId: string;
  letter: ProcedureLetter;
  asked: LetterLang | undefined;
};

function Fields({ procedureId, partyId, letter, asked }: Written) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() => askedOf(letter));
  const [own, setOwn] = useState<string | null>(null);
  const [isShown, setShown] = useState(false);
  const queries = useQueryClient();
  const template = own ?? letter.template;
  const reads = filled(template, letter, typed);
  const missing = openPlaces(reads);
  const path = { id: procedureId, letter: letter.letter };
  // One after another: an older text that arrives behind a newer one would take its place.
  const scope = { id: `letter ${procedureId} ${letter.letter}` };
  const keep = () => keepProcedureLetter({ path, body: { lang: letter.lang, fields: typed, text: own } });
  const keeping = useMutation({
    scope,
    mutationFn: keep,
    // Whether it says a name of ours that they do not know is told by the server.
    onSuccess: (kept) => queries.setQueryData(letterQuery(path.id, path.letter, asked).queryKey, kept),
  });
  const finishing = useMutation({
    scope,
    mutationFn: async () => {
      await keep();
      const confirmedNames = isShown ? letter.foreignNames : [];
      return finishProcedureLetter({ path, body: { lang: letter.lang, confirmedNames } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['procedures'] }),
  });
  const titles = new Map(letter.fields.map(({ name, title }) => [name, title]));
  const says = (name: string) => {
    const title = titles.get(name);
    return title ? inReaders(title) : named('field', name.split(':')[0] ?? name);
  };
  const type = (name: string, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const error = finishing.error ?? keeping.error;
  return (
    <>
      {letter.fields.map(({ name, title, isLong }) =>
        title === null ? null : isLong ? (
          <Textarea
            key={name}
            label={inReaders(title)}
            autosize
            minRows={2}
            maxRows={14}
            value={typed[name] ?? ''}
            onChange={(event) => type(name, event.currentTarget.value)}
            onBlur={() => keeping.mutate()}
          />
        ) : (
          <TextInput
            key={name}
            label={inReaders(title)}
            value={typed[name] ?? ''}
            onChange={(event) => type(name, event.currentTarget.value)}
            onBlur={() => keeping.mutate()}
          />
        ),
      )}
      <details className="procedure-fold">
        <summary>{t('letter.change')}</summary>
        <Textarea
          label={t('letter.words')}
          description={t('letter.wordsHint')}
          autosize
          minRows={6}
          maxRows={24}
          lang={letter.lang}
          value={template}
          onChange={(event) => setOwn(event.currentTarget.value)}
          onBlur={() => keeping.mutate()}
        />
      </details>
      <LetterView subject={reads.subject} text={reads.text} lang={letter.lang} />
      <DraftCheck text={reads.text} partyId={partyId} />
      <LetterName letter={letter} isConfirmed={isShown} onConfirm={setShown} />
      {missing.length > 0 && (
        <p className="notice" role="status">
          {t('letter.missing', { what: missing.map(says).join(', ') })}
        </p>
      )}
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      <div className="row">
        <Button
          loading={finishing.isPending}
          disabled={missing.length > 0}
          onClick={() => finishing.mutate()}
        >
          {t('letter.finish')}
        </Button>
        <span className="small quiet">{t('letter.finishWhat')}</span>
      </div>
    </>
  );
}

/** What a person is asked for, with what is there already. */
function askedOf({ fields }: ProcedureLetter): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.flatMap(({ name, title, value }) => (title ? [[name, value ?? '']] : [])));
}
