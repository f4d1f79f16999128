/** The page at `/`. */
export const INDEX_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tollgate</title></head>
<body>
<h1>Tollgate</h1>
<p>AWS cost by person, Region, service and account, as Prometheus metrics.</p>
<ul>
<li><a href="metrics">metrics</a></li>
<li><a href="-/healthy">healthy</a>: the process answers</li>
<li><a href="-/ready">ready</a>: there are complete metrics to scrape</li>
</ul>
</body>
</html>
`;
