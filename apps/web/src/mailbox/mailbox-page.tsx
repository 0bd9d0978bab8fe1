import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { mailboxesQuery } from './mailbox.queries.ts';
import { MailboxCard } from './mailbox-card.tsx';
import { MailboxForm } from './mailbox-form.tsx';
import { SendingRulesSection } from './sending-rules.tsx';
import '../casefile/casefile.css';
import './mailbox.css';

/** Mailboxes that are read as mail arrives: how they are reached, whose mail is taken, and how it goes. */
export function MailboxPage() {
  const { data: mailboxes } = useQuery({ ...mailboxesQuery, throwOnError: true });
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="page mailbox-page">
      <PageTitle says={t('mailbox.title')} />
      <header className="page-head">
        <h1>{t('mailbox.title')}</h1>
      </header>
      <p className="quiet">{t('mailbox.what')}</p>
      {mailboxes?.map((mailbox) => (
        <MailboxCard key={mailbox.id} mailbox={mailbox} />
      ))}
      {mailboxes && (isAdding || mailboxes.length === 0) ? (
        <MailboxForm mailbox={null} onDone={() => setAdding(false)} />
      ) : (
        <div>
          <button type="button" className="action" onClick={() => setAdding(true)}>
            {t('mailbox.add')}
          </button>
        </div>
      )}
      {mailboxes && <SendingRulesSection />}
    </div>
  );
}
