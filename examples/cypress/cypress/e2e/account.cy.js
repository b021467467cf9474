/* global cy, describe, it */

describe('an account', () => {
  it('is welcome', () => {
    cy.visit('/');
    cy.logInAs('johndoe');
    cy.reload();
    cy.contains('Welcome, johndoe');
  });

  it('has a new password by mail', () => {
    cy.visit('/forgotten');
    cy.get('[name=email]').type('john.doe@email.com{enter}');
    cy.task('emulator:mail', { kind: 'resetPassword' }).then(({ link }) => cy.visit(link));
  });

  it('is told when the server is out of order', () => {
    cy.task('emulator:fault', { operation: 'logIn', status: 503, times: 1 });
    cy.visit('/');
    cy.get('form').submit();
    cy.contains('out of order');
  });
});
