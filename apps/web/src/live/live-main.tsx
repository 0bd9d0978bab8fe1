import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '../words/language.ts';
import '../theme.css';
import { begin } from './live.state.ts';
import { LivePage } from './live-page.tsx';
import { startLook } from './look.ts';
import { keepPage } from './offline.ts';
import './live.css';

startLook();
await startLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <LivePage />
  </StrictMode>,
);
await begin();
await keepPage();
