import { escapeHtml } from '../wire/answers.ts';

/** The pages behind the links in mails, by the names that Parse Server's option `pages.customUrls` has for them. */
export const PAGES = {
  passwordReset: { file: 'password_reset.html', title: 'Choose a new password' },
  passwordResetSuccess: { file: 'password_reset_success.html', title: 'Your password was changed' },
  passwordResetLinkInvalid: { file: 'password_reset_link_invalid.html', title: 'This link is not valid' },
  emailVerificationSuccess: { file: 'email_verification_success.html', title: 'Your address is verified' },
  emailVerificationSendSuccess: { file: 'email_verification_send_success.html', title: 'A new link is on its way' },
  emailVerificationSendFail: { file: 'email_verification_send_fail.html', title: 'No link could be sent' },
  emailVerificationLinkInvalid: { file: 'email_verification_link_invalid.html', title: 'This link is not valid' },
} as const;

/** The name of a page. */
export type PageName = keyof typeof PAGES;

/** What a page shows: `appId`, `appName`, `publicServerUrl`, and perhaps `token`, `username` and `error`. */
export type PageParameters = { readonly [name: string]: string | undefined };

const STYLE = `:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 90vh; display: grid; place-items: center }
main { width: min(24rem, 100% - 3rem) }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 1rem }
.app { color: GrayText; margin: 0 } .error { color: light-dark(#b00020, #ff8a80) }
input, button { font: inherit; width: 100%; padding: .5rem .75rem; margin: .25rem 0 1rem; box-sizing: border-box;
border: 1px solid GrayText; border-radius: .375rem }
button { background: #1a5fb4; border-color: #1a5fb4; color: #fff; cursor: pointer }`;

const hidden = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const form = (action: string, fields: string, button: string): string =>
  `<form method="post" action="${escapeHtml(action)}">${fields}<button>${button}</button></form>`;

const newPasswordForm = ({ appId = '', publicServerUrl = '', token, error }: PageParameters): string =>
  (error ? `<p class="error" role="alert">${escapeHtml(error)}</p>` : '') +
  form(
    `${publicServerUrl}/apps/${encodeURIComponent(appId)}/request_password_reset`,
    `${hidden('token', token)}<label for="new_password">New password</label>
<input id="new_password" name="new_password" type="password" autocomplete="new-password" required autofocus>`,
    'Set the password',
  );

const newLinkForm = ({ appId = '', publicServerUrl = '', token }: PageParameters): string =>
  form(
    `${publicServerUrl}/apps/${encodeURIComponent(appId)}/resend_verification_email`,
    token === undefined
      ? '<label for="username">Username</label><input id="username" name="username" required>'
      : hidden('token', token),
    'Send a new link',
  );

const contentOf = (page: PageName, parameters: PageParameters): string => {
  switch (page) {
    case 'passwordReset':
      return newPasswordForm(parameters);
    case 'passwordResetSuccess':
      return '<p>You can log in with it now.</p>';
    case 'passwordResetLinkInvalid':
      return '<p>It may have been used before, or a newer one took its place. Ask for another.</p>';
    case 'emailVerificationSuccess':
      return '<p>Thank you.</p>';
    case 'emailVerificationSendSuccess':
      return '<p>Look into your mail.</p>';
    case 'emailVerificationSendFail':
      return '<p>Nobody of this name waits for one.</p>';
    case 'emailVerificationLinkInvalid':
      return `<p>It may have been used before, or a newer one took its place.</p>${newLinkForm(parameters)}`;
  }
};

/** A page as HTML. Whatever it shows of a request or of a user is escaped. */
export const renderPage = (page: PageName, parameters: PageParameters): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${PAGES[page].title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${parameters['appName'] ? `<p class="app">${escapeHtml(parameters['appName'])}</p>` : ''}
<h1>${PAGES[page].title}</h1>
${contentOf(page, parameters)}
</main>
</body>
</html>
`;
