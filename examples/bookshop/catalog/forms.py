from django import forms

from .models import Genre, Review


class SearchForm(forms.Form):
    q = forms.CharField(label="Title, author or ISBN", required=False, max_length=80)
    genre = forms.ModelChoiceField(Genre.objects.all(), required=False, to_field_name="slug", empty_label="Any genre")
    max_price = forms.DecimalField(label="Up to", required=False, min_value=0, max_digits=6, decimal_places=2)


class ReviewForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ["rating", "text", "cover"]
        widgets = {
            "rating": forms.Select(choices=[(n, "★" * n) for n in range(5, 0, -1)]),
            "text": forms.Textarea(attrs={"rows": 5}),
            "cover": forms.ClearableFileInput(attrs={"accept": "image/*"}),
        }
