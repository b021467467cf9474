const response = await fetch('/graphql', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Parse-Application-Id': 'APPLICATION_ID' },
  body: JSON.stringify({
    query: `mutation {
      logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer { user { username } } }
    }`,
  }),
});
const { data } = await response.json();
document.querySelector('[role=status]').textContent = `Welcome, ${data.logIn.viewer.user.username}`;
