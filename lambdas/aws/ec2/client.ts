import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam';
import { partition } from '@aws-sdk/core/client';
import { AwsEc2QueryProtocol } from '@aws-sdk/core/protocols';

/**
 * A client of EC2 that sends only the command of this folder. It is the SDK's IAM client with EC2's settings. The SDK's own EC2
 * client would add 560 kB of schemas to the bundle; apart from those, clients differ only in their settings.
 */
export class Ec2Client extends IAMClient {
  constructor(config: IAMClientConfig) {
    super({ ...config, ...EC2 });
  }
}

const API_VERSION = '2016-11-15';

/** The XML namespace of EC2 in the SDK's schemas. */
export const NAMESPACE = 'com.amazonaws.ec2';

/** The name of the service in the SDK's schemas. */
export const SERVICE = 'AmazonEC2';

type Endpoints = NonNullable<IAMClientConfig['endpointProvider']>;
type AuthSchemes = NonNullable<IAMClientConfig['httpAuthSchemeProvider']>;

const endpointOf: Endpoints = ({ Endpoint, ...place }) => ({
  url: new URL(Endpoint === undefined ? `https://${hostOf(place)}` : String(Endpoint)),
});

/** Returns the host that EC2's endpoint rules give. In GovCloud the regular host is the FIPS host. */
function hostOf({ Region = '', UseFIPS = false, UseDualStack = false }: Place): string {
  const region = String(Region);
  const { name, dnsSuffix, dualStackDnsSuffix } = partition(region);
  const isSeparate = UseFIPS && (UseDualStack || name !== 'aws-us-gov');
  return `ec2${isSeparate ? '-fips' : ''}.${region}.${UseDualStack ? dualStackDnsSuffix : dnsSuffix}`;
}

type Place = Omit<Parameters<Endpoints>[0], 'Endpoint'>;

/** Signs for EC2. The IAM client's own scheme would sign for the service `iam`. */
const signingOf: AuthSchemes = ({ region }) => [
  {
    schemeId: 'aws.auth#sigv4',
    signingProperties: { name: 'ec2', region },
    propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
  },
];

const EC2 = {
  serviceId: 'EC2',
  signingName: 'ec2',
  apiVersion: API_VERSION,
  protocol: AwsEc2QueryProtocol,
  protocolSettings: {
    defaultNamespace: NAMESPACE,
    version: API_VERSION,
    xmlNamespace: `http://ec2.amazonaws.com/doc/${API_VERSION}`,
    serviceTarget: SERVICE,
  },
  endpointProvider: endpointOf,
  httpAuthSchemeProvider: signingOf,
} satisfies Partial<IAMClientConfig> & { readonly signingName: string };
