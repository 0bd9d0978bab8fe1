import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { takeThisWay } from './api/reach.ts';
import { App } from './app.tsx';
import { queries } from './queries.ts';
import { listenForCover } from './session/cover.ts';
import { theme } from './theme.ts';
import { startLanguage } from './words/language.ts';

takeThisWay();
listenForCover();
await startLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
