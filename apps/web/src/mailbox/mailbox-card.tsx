import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Mailbox } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { Address } from '../words/address.tsx';
import { number } from '../words/how-much.ts';
import { issueWords, problemWords } from '../words/problem-words.ts';
import { say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { forget, keepMailbox, readNow } from './mailbox.queries.ts';
import { bodyOf, draftOf } from './mailbox-draft.ts';
import { MailboxForm } from './mailbox-form.tsx';

const ISSUES_SHOWN = 20;

/** One mailbox: when it was read, what came of it, and what went wrong, in words. */
export function MailboxCard({ mailbox }: { mailbox: Mailbox }) {
  const { id, address, settings, isOn, issues } = mailbox;
  const [isChanging, setChanging] = useState(false);
  const reading = useMutation({ mutationFn: readNow });
  const turning = useMutation({ mutationFn: keepMailbox });
  if (isChanging) return <MailboxForm mailbox={mailbox} onDone={() => setChanging(false)} />;
  const error = reading.error ?? turning.error;
  const turn = () => turning.mutate({ id, body: bodyOf({ ...draftOf(mailbox), isOn: !isOn }) });
  return (
    <section className="sheet stack mailbox-card">
      <h2>
        <Address says={address} />
      </h2>
      <Standing mailbox={mailbox} />
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      <Counts mailbox={mailbox} />
      {issues.length > 0 && (
        <details>
          <summary>{t('mailbox.issues', { count: issues.length })}</summary>
          <ul className="small">
            {issues.slice(0, ISSUES_SHOWN).map((issue, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: issues are only added, at the end
              <li key={i}>
                {issue.container}: {issueWords(issue)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="row">
        {settings.kind === 'imap' && (
          <button
            type="button"
            className="action"
            {...staying(reading.isPending)}
            onClick={() => reading.mutate(id)}
          >
            {reading.isPending ? t('mailbox.reading') : t('mailbox.readNow')}
          </button>
        )}
        <button type="button" className="link-button" onClick={() => setChanging(true)}>
          {t('mailbox.change')}
        </button>
        <button type="button" className="link-button" {...staying(turning.isPending)} onClick={turn}>
          {t(isOn ? 'mailbox.pause' : 'mailbox.goOn')}
        </button>
        <Forgetting id={id} />
      </div>
      {!isOn && <p className="small quiet">{t('mailbox.offWhat')}</p>}
    </section>
  );
}

/** The password goes for good, so it is asked once more. */
function Forgetting({ id }: { id: string }) {
  const [isAsked, setAsked] = useState(false);
  const forgetting = useMutation({ mutationFn: forget });
  if (!isAsked)
    return (
      <button type="button" className="link-button" onClick={() => setAsked(true)}>
        {t('mailbox.forget')}
      </button>
    );
  return (
    <span className="row">
      <span className="small">{t('mailbox.forgetWhat')}</span>
      <button
        type="button"
        className="action"
        {...staying(forgetting.isPending)}
        onClick={() => forgetting.mutate(id)}
      >
        {t('mailbox.forgetSure')}
      </button>
      <button type="button" className="link-button" onClick={() => setAsked(false)}>
        {t('mailbox.cancel')}
      </button>
      {forgetting.error && (
        <span className="notice" role="alert">
          {problemWords(forgetting.error)}
        </span>
      )}
    </span>
  );
}

function Standing({ mailbox: { isOn, readAt, problem, settings } }: { mailbox: Mailbox }) {
  const where = settings.kind === 'imap' ? settings.imap.host : `127.0.0.1:${settings.port}`;
  return (
    <>
      <p className="small quiet">
        {t(settings.kind === 'imap' ? 'mailbox.readsFrom' : 'mailbox.takesAt', { where })}
        {' · '}
        {t(isOn ? 'mailbox.on' : 'mailbox.off')}
        {' · '}
        {readAt ? t('mailbox.lastRead', { when: momentOf(readAt) }) : t('mailbox.neverRead')}
      </p>
      {problem && <p className="notice">{say(`problem.${problem}`) ?? problem}</p>}
    </>
  );
}

function Counts({ mailbox: { totals, folders } }: { mailbox: Mailbox }) {
  if (!totals) return null;
  const { items, imported, duplicates, leftOut, unreadable } = totals;
  return (
    <>
      <p>
        {t('mailbox.counts', {
          items: number(items),
          imported: number(imported),
          duplicates: number(duplicates),
          leftOut: number(leftOut),
          unreadable: number(unreadable),
        })}
      </p>
      {folders.length > 0 && (
        <p className="small quiet">
          {folders.map(({ path, messages }) => `${path} ${number(messages)}`).join(' · ')}
        </p>
      )}
    </>
  );
}
