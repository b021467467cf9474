import { useEffect, useState } from 'react';

const ask = async (query) => {
  const sessionToken = localStorage.getItem('sessionToken');
  const response = await fetch('https://api.example.com/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
};

/** Who is logged in, and whether the address is confirmed. */
export const Account = () => {
  const [shown, setShown] = useState('…');
  const load = async () => {
    if (!localStorage.getItem('sessionToken')) return 'Please log in';
    const { viewer } = await ask('{ viewer { user { username emailVerified } } }');
    const { username, emailVerified } = viewer.user;
    return emailVerified === false ? `Please confirm your address, ${username}` : `Welcome, ${username}`;
  };
  const refresh = () => load().then(setShown, () => setShown('We are out of order'));
  useEffect(() => void refresh(), []);
  return (
    <>
      <p role="status">{shown}</p>
      <button type="button" onClick={refresh}>
        Refresh
      </button>
    </>
  );
};
