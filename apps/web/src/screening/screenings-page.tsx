import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { ScreeningPage } from '../generated/types.gen.ts';
import { useKeys } from '../shell/keys.ts';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { NewInquiry } from './new-inquiry.tsx';
import { screeningsQuery } from './screening.queries.ts';
import { ScreeningTabs } from './screening-tabs.tsx';

/** Inquiries, the newest first, and a place for the next one. */
export function ScreeningsPage() {
  const found = useInfiniteQuery({ ...screeningsQuery, throwOnError: true });
  const list = useRef<HTMLUListElement>(null);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
  ]);
  const inquiries = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page stack">
      <ScreeningTabs says={t('screening.title')} />
      <NewInquiry isOpen={found.isSuccess && inquiries.length === 0} />
      {found.isSuccess && inquiries.length === 0 && <p className="quiet">{t('screening.none')}</p>}
      {inquiries.length > 0 && (
        <ul className="sheet lines" ref={list}>
          {inquiries.map((each) => (
            <InquiryLine key={each.id} line={each} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </div>
  );
}

/** The program gives two hundred characters; a word that is cut there is left out. */
const LEAD_LENGTH = 200;

function beginning(lead: string): string {
  return lead.length < LEAD_LENGTH ? lead : `${lead.replace(/\s*\S*$/, '')} …`;
}

function InquiryLine({ line }: { line: ScreeningPage['items'][number] }) {
  return (
    <li>
      <Link className="case-line" to="/screening/$screeningId" params={{ screeningId: line.id }}>
        <span className="case-title">
          <q>{beginning(line.lead)}</q>
        </span>
        <span className="case-party quiet">{line.party}</span>
        <span className="small">{t(`screeningstate.${line.state}`)}</span>
        <span className="small quiet case-counts">
          {line.matches > 0 ? t('screening.mayBe', { count: line.matches }) : ''}
        </span>
        <span className="small quiet number case-date">{dateOf(line.writtenAt)}</span>
      </Link>
    </li>
  );
}
