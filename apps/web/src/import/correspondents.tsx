import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PrivilegeWish } from '../apart/apart.queries.ts';
import { PrivilegeFields } from '../apart/privilege-fields.tsx';
import type { Survey } from '../api/shapes.ts';
import { focused } from '../shell/focused.ts';
import { number } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { claim, firstChoice, matching, orderOf, pick, pickAll } from './choice.ts';
import { CorrespondentLine } from './correspondent-line.tsx';
import { FoundFormats } from './found-formats.tsx';
import { startImport } from './import.queries.ts';
import { Nameless } from './nameless.tsx';
import { OpenQuestions } from './open-questions.tsx';
import { NOTHING_STATED } from './stated.tsx';
import { forgetParcels } from './uploads.ts';

const DRAWN = 300;

/** Who is in these files; the user says whose mail is kept before anything is. */
export function Correspondents({ survey, uploads, me }: { survey: Survey; uploads: string[]; me: string }) {
  const [choice, setChoice] = useState(() => firstChoice(survey.correspondents));
  const [words, setWords] = useState('');
  const [client, setClient] = useState('');
  const [stated, setStated] = useState(NOTHING_STATED);
  const [privilege, setPrivilege] = useState<PrivilegeWish | null>(null);
  const navigate = useNavigate();
  const starting = useMutation({
    mutationFn: () => startImport({ ...orderOf(choice, uploads, client, stated), privilege }),
    onSuccess: async ({ run }) => {
      forgetParcels(new Set(uploads));
      await navigate({ to: '/runs/$runId', params: { runId: run } });
    },
  });
  const found = matching(survey.correspondents, words);
  const theirs = found.filter(({ address }) => !choice.mine.has(address));
  const pickedHere = theirs.filter(({ address }) => choice.picked.has(address)).length;
  const count = choice.picked.size;
  const hasPapers = survey.ownerless > 0;
  const cards = survey.formats.find(({ format }) => format === 'vcard')?.items ?? 0;
  const isReady = count > 0 || choice.nameless || (hasPapers && client.trim() !== '');
  return (
    <div className="stack">
      <FoundFormats survey={survey} />
      <p id="survey-found" ref={focused} tabIndex={-1}>
        {t('survey.found', { count: survey.correspondents.length, items: number(survey.items) })}
        {survey.unreadable > 0 && ` ${t('survey.unreadable', { count: survey.unreadable })}`}{' '}
        <strong>{t('survey.choose')}</strong>
      </p>
      {choice.mine.size === 0 && mayHoldOurs(survey) && (
        <p className="notice">{t('survey.noneMine', { me })}</p>
      )}
      <TextInput
        type="search"
        aria-label={t('survey.search')}
        placeholder={t('survey.search')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className="sheet table-sheet">
        <table className="correspondents" aria-labelledby="survey-found">
          <thead>
            <tr>
              <th>
                <Checkbox
                  aria-label={t('survey.all')}
                  checked={theirs.length > 0 && pickedHere === theirs.length}
                  indeterminate={pickedHere > 0 && pickedHere < theirs.length}
                  onChange={() =>
                    setChoice(
                      pickAll(
                        choice,
                        found.map(({ address }) => address),
                      ),
                    )
                  }
                />
              </th>
              <th>{t('survey.who')}</th>
              <th className="cell-number">{t('survey.count')}</th>
              <th className="cell-date">{t('survey.first')}</th>
              <th className="cell-date">{t('survey.last')}</th>
              <th>{t('survey.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, DRAWN).map((one) => (
              <CorrespondentLine
                key={one.address}
                one={one}
                isPicked={choice.picked.has(one.address)}
                isMine={choice.mine.has(one.address)}
                onPick={() => setChoice(pick(choice, one.address))}
                onClaim={() => setChoice(claim(choice, one.address))}
              />
            ))}
          </tbody>
        </table>
        {found.length > DRAWN && (
          <p className="quiet small table-more">{t('survey.moreBelow', { count: found.length - DRAWN })}</p>
        )}
        {found.length === 0 && <p className="quiet table-more">{t('survey.noMatch')}</p>}
      </div>
      <OpenQuestions survey={survey} stated={stated} onState={setStated} />
      {survey.nameless.items > 0 && (
        <Nameless
          nameless={survey.nameless}
          isChosen={choice.nameless}
          onChoose={(nameless) => setChoice({ ...choice, nameless })}
        />
      )}
      {hasPapers && <p className="notice">{t('survey.ownerless', { count: survey.ownerless })}</p>}
      {(count > 0 || hasPapers) && (
        <TextInput
          label={count > 0 ? t('survey.client', { count }) : t('survey.clientForPapers')}
          description={count > 0 ? t('survey.clientWhy', { count }) : undefined}
          value={client}
          onChange={(event) => setClient(event.currentTarget.value)}
        />
      )}
      {cards > 0 && count > 0 && client.trim() === '' && (
        <p className="notice">{t('survey.cards', { count: cards })}</p>
      )}
      <PrivilegeFields says={t('apart.ofImport')} value={privilege} onChange={setPrivilege} />
      <p className="notice">{t('survey.rest')}</p>
      {starting.error && (
        <p className="notice" role="alert">
          {problemWords(starting.error)}
        </p>
      )}
      <div className="row import-go">
        <Button disabled={!isReady} loading={starting.isPending} onClick={() => starting.mutate()}>
          {count === 0 && !choice.nameless && isReady
            ? t('survey.startPapers')
            : t('survey.start', { count })}
        </Button>
        {!isReady && <span className="quiet small">{t('survey.pickFirst')}</span>}
      </div>
    </div>
  );
}

/** Letters of theirs alone have no side to tell; what was marked as ours and is not any more has. */
function mayHoldOurs({ sideless, correspondents }: Survey): boolean {
  return sideless > 0 || correspondents.some(({ isMe }) => isMe);
}
