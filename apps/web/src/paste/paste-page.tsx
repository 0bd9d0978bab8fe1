import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { KeepForm } from './keep-form.tsx';
import { PasteAnswer } from './paste-answer.tsx';
import { PasteFacts } from './paste-facts.tsx';
import './paste.css';

/** A message pasted to be looked at; nothing is kept until one says so. */
export function PastePage() {
  const [text, setText] = useState('');
  const [isKeeping, setKeeping] = useState(false);
  const isEmpty = text.trim() === '';
  return (
    <div className="page page-narrow stack">
      <PageTitle says={t('paste.title')} />
      <h1>{t('paste.title')}</h1>
      <Textarea
        aria-label={t('paste.field')}
        placeholder={t('paste.hint')}
        autosize
        minRows={isEmpty ? 10 : 3}
        maxRows={isEmpty ? 10 : 6}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!isEmpty && <PasteFacts text={text} />}
      {!isEmpty && !isKeeping && <PasteAnswer text={text} />}
      {isKeeping && !isEmpty ? (
        <KeepForm text={text} onCancel={() => setKeeping(false)} />
      ) : (
        <div className="row">
          <Button disabled={isEmpty} onClick={() => setKeeping(true)}>
            {t('paste.keep')}
          </Button>
          <span className="quiet small">{t('paste.nothingKept')}</span>
        </div>
      )}
    </div>
  );
}
