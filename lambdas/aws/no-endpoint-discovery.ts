/**
 * Returns the client's configuration without a cache of endpoints. This file replaces `@aws-sdk/middleware-endpoint-discovery` in
 * bundles and saves 8 kB: DynamoDB's client configures the discovery, but none of its commands uses it.
 */
export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}

const unset = () => undefined;

/** Reads the setting from nowhere, because nothing uses it. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: unset,
  configFileSelector: unset,
  default: undefined,
};
