// prom-client ships one declaration for the whole package; its index would add 57 kB to every bundle.
declare module 'prom-client/lib/registry' {
  import { Registry } from 'prom-client';
  export default Registry;
}
declare module 'prom-client/lib/gauge' {
  import { Gauge } from 'prom-client';
  export default Gauge;
}
declare module 'prom-client/lib/counter' {
  import { Counter } from 'prom-client';
  export default Counter;
}
declare module 'prom-client/lib/histogram' {
  import { Histogram } from 'prom-client';
  export default Histogram;
}
declare module 'prom-client/lib/summary' {
  import { Summary } from 'prom-client';
  export default Summary;
}
