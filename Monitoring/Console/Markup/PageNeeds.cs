namespace EHealthPlus.Monitoring.Console.Markup;

/// <summary>What one page has beside the frame of all pages.</summary>
/// <param name="Head">Into the head of the document.</param>
/// <param name="Policy">Directives of the Content-Security-Policy for images and what stands beside scripts: as narrow as the page allows.</param>
/// <param name="Theme">In place of the visitor's; null leaves it.</param>
internal sealed record PageNeeds(Html Head, string Policy = "img-src 'self'", string? Theme = null);
