import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { t } from '../words/t.ts';
import { filesOfPicker } from './dropped-files.ts';
import { GetOut } from './get-out.tsx';
import { addFiles } from './uploads.ts';

/** A place to let files go, and two buttons for those who do not drag. */
export function BringFiles({ isFirst }: { isFirst: boolean }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    addFiles(filesOfPicker(input.files));
    input.value = '';
  };
  return (
    <div className={isFirst ? 'bring bring-first' : 'bring'}>
      {isFirst && (
        <>
          <p className="bring-title">{t('bring.title')}</p>
          <p className="quiet">{t('bring.what')}</p>
        </>
      )}
      <div className="row">
        <Button variant={isFirst ? 'filled' : 'default'} onClick={() => files.current?.click()}>
          {isFirst ? t('bring.files') : t('bring.moreFiles')}
        </Button>
        <Button variant="default" onClick={() => folder.current?.click()}>
          {t('bring.folder')}
        </Button>
      </div>
      {isFirst && (
        <>
          <p className="quiet small">{t('bring.nothingYet')}</p>
          <p className="small">
            {t('bring.byItself')} <Link to="/mailboxes">{t('mailbox.title')}</Link>
          </p>
          <GetOut />
        </>
      )}
      <input ref={files} type="file" multiple hidden onChange={(event) => take(event.currentTarget)} />
      <input
        ref={folder}
        type="file"
        hidden
        webkitdirectory=""
        onChange={(event) => take(event.currentTarget)}
      />
    </div>
  );
}

declare module 'react' {
  interface InputHTMLAttributes<T> extends HTMLAttributes<T> {
    /** A picker for whole folders; every browser has it under this name. */
    webkitdirectory?: string;
  }
}
