import { readSettings, type SettingsError } from '../../lib/config';

test.each([
  [{ port: 0 }, 'serve.port: expected a whole number from 1 to 65535, got 0'],
  [{ port: '9464' }, 'serve.port: expected a whole number from 1 to 65535, got "9464"'],
  [{ host: '' }, 'serve.host: expected a host to listen on such as 127.0.0.1, got ""'],
  [
    { auth: {} },
    'serve.auth: expected either basicFile or bearerFile, such as {"bearerFile":"/secrets/token"}, got an object',
  ],
  [
    { auth: { basicFile: '/a', bearerFile: '/b' } },
    'serve.auth: expected either basicFile or bearerFile, such as {"bearerFile":"/secrets/token"}, got an object',
  ],
  [{ tls: { certFile: '/a' } }, 'serve.tls.keyFile: expected the path of a file, got nothing'],
  [{ hosts: '::' }, 'serve.hosts: unknown key, did you mean "host"?'],
])('the settings %j are refused', (serve, problem) => {
  const read = () => readSettings({ pushgateway: { url: 'https://gateway.example.com' }, serve });
  expect(problemsOf(read)).toEqual([problem]);
});

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    return (error as SettingsError).problems;
  }
  return [];
}
