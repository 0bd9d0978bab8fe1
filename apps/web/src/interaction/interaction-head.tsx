import { Link } from '@tanstack/react-router';
import { PrivilegeMark } from '../apart/privilege-mark.tsx';
import type { InteractionInPlace, PersonName, TimelineRow } from '../api/shapes.ts';
import { EnteredFacts, NotedNotes } from '../by-hand/noted-head.tsx';
import { PaneTitle } from '../client/pane-title.tsx';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { StartInquiry } from '../screening/start-inquiry.tsx';
import { Address } from '../words/address.tsx';
import { addressShown } from '../words/address-shown.ts';
import { issueWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { isClaimed, momentOf, READER_ZONE, statedAs } from '../words/when.ts';
import { exportedState } from './exported-state.ts';

/** Subject, people, time and everything that a reader must know before the words. */
export function InteractionHead({
  interaction,
  onClose,
}: {
  interaction: InteractionInPlace;
  onClose: () => void;
}) {
  const { row, participants, issues, copies, exported } = interaction;
  const became = exported && exportedState(exported);
  const { parties } = row;
  return (
    <header className="interaction-head">
      <PaneTitle
        id="interaction-subject"
        says={row.subject || named('kind', row.kind)}
        closeSays={t('interaction.close')}
        onClose={onClose}
        keepsPlace
      />
      <dl className="people small">
        {isMet(row) ? (
          <People
            says={t('byhand.people')}
            who={[...participants.from, ...participants.cc, ...participants.to]}
          />
        ) : (
          <Addressed participants={participants} />
        )}
        <dt>{t('people.when')}</dt>
        <dd
          className="number"
          title={t('when.stated', {
            stated: statedAs(row.at, row.offsetMin),
            source: row.noted ? t('atSourceWhy.person') : named('atSourceWhy', row.atSource),
          })}
        >
          {row.atSource === 'recorded' ? (
            t('when.none')
          ) : (
            <>
              {momentOf(row.at)} <span className="quiet">{READER_ZONE}</span>
            </>
          )}
          {!isClaimed(row.atSource) && <span className="quiet"> · {named('atSourceWhy', row.atSource)}</span>}
          {became && <strong> · {became}</strong>}
        </dd>
        <EnteredFacts interaction={interaction} />
        <dt>{t('people.filed')}</dt>
        <dd>
          {parties.length === 0 && <span className="quiet">{t('people.unfiled')}</span>}
          {parties.map(({ id, name }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link to="/clients/$partyId" params={{ partyId: id }}>
                {name}
              </Link>
            </span>
          ))}
          <span className="quiet">
            {(row.direction || !row.noted) && ` · ${named('direction', row.direction)}`}
            {copies.length > 1 && ` · ${t('count.copies', { count: copies.length })}`}
          </span>
        </dd>
      </dl>
      <NotedNotes interaction={interaction} />
      {issues.map((issue) => (
        <p key={issue.code + issue.message} className="notice small">
          {issueWords(issue)}
        </p>
      ))}
      <div className="interaction-acts">
        <PrivilegeMark key={row.id} id={row.id} />
        <StartInquiry row={row} />
        {parties[0] && <StartProcedure subject={row.kind} partyId={parties[0].id} subjectId={row.id} />}
      </div>
    </header>
  );
}

/** A call, a meeting, a note: people were there, and nothing was addressed to anybody. */
function isMet({ noted, kind }: TimelineRow): boolean {
  return noted !== null && kind !== 'message' && kind !== 'document';
}

function Addressed({ participants }: Pick<InteractionInPlace, 'participants'>) {
  return (
    <>
      <People says={t('people.from')} who={participants.from} isStrong />
      <People says={t('people.to')} who={participants.to} />
      <People says={t('people.cc')} who={participants.cc} />
      <People says={t('people.bcc')} who={participants.bcc} />
      <People says={t('people.replyTo')} who={participants.replyTo} />
    </>
  );
}

function People({
  says,
  who,
  isStrong = false,
}: {
  says: string;
  who: readonly PersonName[];
  isStrong?: boolean;
}) {
  if (who.length === 0) return null;
  return (
    <>
      <dt>{says}</dt>
      <dd>
        {who.map(({ name, address }, at) => (
          <span key={`${name}${address}`}>
            {at > 0 && ', '}
            {isStrong && name ? (
              <strong>{name}</strong>
            ) : (
              (name ?? (address ? <Address says={address} /> : t('who.unknown')))
            )}
            {name && address && (
              <span className="quiet">
                {' '}
                <Address says={addressShown(address)} />
              </span>
            )}
          </span>
        ))}
      </dd>
    </>
  );
}
