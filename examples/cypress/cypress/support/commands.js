/* global Cypress, cy, beforeEach */

/** Logs a user in without a password, before the page is visited. */
Cypress.Commands.add('logInAs', (username) => {
  cy.task('emulator:logIn', { username, origin: Cypress.config('baseUrl'), key: 'sessionToken' }).then((entries) => {
    cy.window().then(({ localStorage }) => {
      for (const { name, value } of entries) localStorage.setItem(name, value);
    });
  });
});

beforeEach(() => {
  cy.task('emulator:reset');
});
