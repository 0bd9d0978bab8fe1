import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { t } from '../words/t.ts';

/** A field for a password; what shows it is named in the language of the page, and reached by keys. */
export function PasswordField(field: PasswordInputProps) {
  return (
    <PasswordInput
      {...field}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
    />
  );
}
